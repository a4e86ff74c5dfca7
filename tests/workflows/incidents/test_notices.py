"""What everybody in the company hears of an incident."""

from bot.ui import Problems
from storage import places
from storage.places import RoomPlace
from tests.workflows.acting import SLACK, said
from tests.workflows.incidents.house import House
from workflows.incidents.rules import Tlp
from workflows.reports.rules import Privacy

TIP = "Nobody from IT asks for your code. http://evil.example is a trap."


async def opens(house: House, tlp: Tlp = Tlp.GREEN) -> int:
    """Let Hugo lead an incident, in a company whose staff read one channel."""
    place = RoomPlace(SLACK, "T1", "CALL")
    await house.database.write(lambda session: places.bind_room(session, "all-staff", place))
    return await house.opens("Tess", tlp=tlp)


async def test_a_notice_goes_where_everybody_reads_without_number_or_link(house: House) -> None:
    id = await opens(house)
    form = await house.says("Hugo", f"security notice SI-{id}")

    answer = await house.sends("Hugo", form, {"what": TIP})

    [notice] = [
        one.message.text
        for one in await house.sent()
        if one.place is not None and one.place.channel == "CALL"
    ]
    assert "can read that now" in said(answer)
    assert "hxxp://evil[.]example" in notice
    assert "SI-" not in notice
    assert "copper" not in notice


async def test_a_notice_names_nobody(house: House) -> None:
    id = await opens(house)
    form = await house.says("Hugo", f"security notice SI-{id}")

    refused = await house.sends("Hugo", form, {"what": "RITA saw it, and Tess helped."})

    assert isinstance(refused, Problems)
    assert "RITA, Tess" in refused.fields["what"]


async def test_no_refusal_tells_which_colleague_reported_it_confidentially(house: House) -> None:
    id = await opens(house)
    report = await house.files("Rita", privacy=Privacy.CONFIDENTIAL)
    await house.says("Tess", f"security link R-{report} SI-{id}")
    form = await house.says("Hugo", f"security notice SI-{id}")

    guesses = [
        await house.sends("Hugo", form, {"what": f"Thanks to {name}."}) for name in ("Rita", "Sam")
    ]

    told = [one.fields["what"] for one in guesses if isinstance(one, Problems)]
    assert [text.replace("Sam", "Rita") for text in told] == [told[0]] * 2


async def test_what_is_not_green_is_told_to_nobody_else(house: House) -> None:
    id = await opens(house, Tlp.AMBER)

    lead = await house.says("Hugo", f"security notice SI-{id}")
    reader = await house.says("Tess", f"security notice SI-{id}")

    assert "may not be told to everybody" in said(lead)
    assert "Only the lead" in said(reader)


async def test_without_a_place_for_notices_an_admin_is_asked_for_one(house: House) -> None:
    id = await house.opens(tlp=Tlp.GREEN)

    answer = await house.says("Hugo", f"security notice SI-{id}")

    assert "room add all-staff" in said(answer)
