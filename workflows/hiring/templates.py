"""Templates: what people are judged by, which two departments agree on before it is used."""

from collections.abc import Mapping, Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.roles import Role
from bot.text import Line, Ref, parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.hiring import access, asked, forms, rules, tables, texts, views
from workflows.hiring import template_texts as said
from workflows.hiring import workflow as it
from workflows.hiring.rules import FULL_WEIGHT, SIGNERS, TemplateState
from workflows.hiring.tables import Criterion, Signature, Template

Weights = Mapping[str, int]
KEEPERS = (Role.RECRUITER, Role.OWNER)


@it.command("template list", help=said.HELP_LIST, allow=KEEPERS, read_only=True)
def list_templates(ctx: Context, text: str) -> Reply:
    """List the templates that are in force or wait for signatures."""
    return _list(ctx, parse(text))


@it.command(
    "template",
    help=said.HELP_TEMPLATE,
    usage=said.USAGE_TEMPLATE,
    allow=KEEPERS,
    read_only=True,
)
def template(ctx: Context, text: str) -> Reply:
    """Show a template, or all of them."""
    return _show(ctx, text)


@it.command(
    "template show",
    help=said.HELP_SHOW,
    usage=said.USAGE_TEMPLATE,
    allow=KEEPERS,
    read_only=True,
)
def show(ctx: Context, text: str) -> Reply:
    """Show a template, or all of them."""
    return _show(ctx, text)


@it.form("propose_template", allow=KEEPERS)
def propose(ctx: Context, template: int) -> Form:
    """Ask for other weights than those of a template in force."""
    base = _in_force(ctx, template)
    criteria = tables.criteria_of(ctx.session, template)
    return forms.template(texts.role(base.role_family, base.level), criteria)


@propose.submit
def send_weights(ctx: Context, answers: Answers, template: int) -> Reply:
    """Suggest the weights of the form."""
    base = _in_force(ctx, template)
    criteria = tables.criteria_of(ctx.session, template)
    weights = {one.key: int(answers.number(f"weight_{one.key}") or 0) for one in criteria}
    role = (base.role_family, base.level)
    return _propose(ctx, role, base, weights, must_pass=answers.chosen("must_pass"))


@it.command("template propose", help=said.HELP_PROPOSE, usage=said.USAGE_PROPOSE, allow=KEEPERS)
def propose_named(ctx: Context, text: str) -> Reply:
    """Suggest weights that were typed; open the form when only the role was."""
    if not access.reads_templates(ctx.person):
        raise NotFound(NO_SUCH_THING)
    line = parse(text)
    *family, level = line.words or ("",)
    role = _role(ctx, " ".join(family), level)
    base = _base(ctx, line, role)
    if not line.values and "must" not in line.flags and (base.role_family, base.level) == role:
        return propose.open(ctx, template=base.id or 0)
    criteria = tables.criteria_of(ctx.session, base.id or 0)
    weights = {one.key: one.weight for one in criteria} | _weights(line)
    must_pass = [one.key for one in criteria if one.must_pass]
    if "must" in line.flags:
        must_pass = asked.listed(line.flags["must"])
    return _propose(ctx, role, base, weights, must_pass=must_pass)


@it.command("template sign", help=said.HELP_SIGN, usage=said.USAGE_SIGN, allow=Role.OWNER)
def sign_named(ctx: Context, text: str) -> Reply:
    """Agree to a template for one's department."""
    return _sign(ctx, asked.number(parse(text), rules.TEMPLATE))


@it.action("sign_template", allow=Role.OWNER)
def sign(ctx: Context, template: int) -> Reply:
    """Agree to a template by the button on its card."""
    return _sign(ctx, template)


def _show(ctx: Context, text: str) -> Reply:
    line = parse(text)
    if not line.words:
        return _list(ctx, line)
    return _card(ctx, asked.template(ctx, asked.number(line, rules.TEMPLATE)))


def _sign(ctx: Context, id: int) -> Reply:
    """Keep a signature; with the second one, by another person, the template is in force."""
    found = asked.template(ctx, id, locked=True)
    if found.state is not TemplateState.PROPOSED:
        raise Conflict(said.NOT_OPEN)
    given = {one.department: one.person_id for one in tables.signatures_of(ctx.session, id)}
    ctx.require(ctx.person.id not in given.values(), said.OWN_SEAT_TAKEN)
    owned = [one for one in SIGNERS if ctx.person.holds(Role.OWNER, one)]
    department = rules.department_to_sign(given, person=ctx.person.id, owns=owned)
    if department is None:
        raise Conflict(said.NOT_YOURS)
    ctx.session.add(
        Signature(template_id=id, department=department, person_id=ctx.person.id, at=ctx.now)
    )
    ctx.record(f"template:{id}", before=sorted(given), after=sorted([*given, department]))
    left = [one for one in SIGNERS if one not in given and one != department]
    if not left:
        ctx.record(f"template:{id}", before=found.state, after=TemplateState.IN_FORCE)
        _replace(ctx, TemplateState.IN_FORCE, (found.role_family, found.level))
        found.state = TemplateState.IN_FORCE
    ctx.session.flush()
    _send_cards(ctx, found)
    return Message(text=said.signed(_code(found), left))


def _propose(
    ctx: Context,
    role: tuple[str, str],
    base: Template,
    weights: Weights,
    *,
    must_pass: Sequence[str],
) -> Reply:
    """Store the next version of a role's template, and ask the owners to sign it."""
    criteria = tables.criteria_of(ctx.session, base.id or 0)
    _check(criteria, weights, must_pass)
    wanted = [(one.key, weights[one.key], one.key in must_pass) for one in criteria]
    if (base.role_family, base.level) == role and wanted == [
        (one.key, one.weight, one.must_pass) for one in criteria
    ]:
        raise Conflict(said.same_weights(_code(base)))
    for replaced in _replace(ctx, TemplateState.PROPOSED, role):
        _send_cards(ctx, replaced)
    family, level = role
    new = Template(
        role_family=family,
        level=level,
        version=tables.newest_version(ctx.session, family, level) + 1,
        proposed_by=ctx.person.id,
        created_at=ctx.now,
    )
    ctx.session.add(new)
    ctx.session.flush()
    ctx.session.add_all(
        Criterion(
            **one.model_dump(exclude={"id", "template_id", "weight", "must_pass"}),
            template_id=new.id or 0,
            weight=weight,
            must_pass=must,
        )
        for one, (_, weight, must) in zip(criteria, wanted, strict=True)
    )
    ctx.record(f"template:{new.id}", after=wanted)
    ctx.session.flush()
    owners = _send_cards(ctx, new)
    names = [one.name for one in owners]
    ownerless = [one for one in SIGNERS if not any(who.holds(Role.OWNER, one) for who in owners)]
    return Message(text=said.proposed(_code(new), names, ownerless))


def _replace(ctx: Context, state: TemplateState, role: tuple[str, str]) -> list[Template]:
    """Let what is newer take the place of a role's templates that stand so; return those.

    Interviews that use one go on with it.
    """
    older = [
        one for one in tables.templates(ctx.session, state) if (one.role_family, one.level) == role
    ]
    for one in older:
        ctx.record(f"template:{one.id}", before=one.state, after=TemplateState.WITHDRAWN)
        one.state = TemplateState.WITHDRAWN
    return older


def _send_cards(ctx: Context, found: Template) -> list[Person]:
    """Send or edit the card of everybody who can sign or suggested it; return who can sign."""
    owners: dict[int, Person] = {
        one.id: one
        for department in SIGNERS
        for one in people.holders(ctx.session, Role.OWNER, department=department, now=ctx.now)
    }
    everybody = dict(owners)
    if found.proposed_by is not None:
        proposer = people.by_id(ctx.session, found.proposed_by, now=ctx.now)
        everybody |= {proposer.id: proposer} if proposer.active else {}
    about = f"template:{found.id}"
    card = _card(ctx, found, with_sign=True)
    for person in everybody.values():
        ctx.send(person, card, key=f"hiring:{about}", about=about)
    return list(owners.values())


def _check(criteria: Sequence[Criterion], weights: Weights, must_pass: Sequence[str]) -> None:
    keys = [one.key for one in criteria]
    if unknown := [key for key in (*weights, *must_pass) if key not in keys]:
        raise Invalid(said.no_criterion(unknown, keys))
    for key, weight in weights.items():
        if not 1 <= weight <= FULL_WEIGHT:
            raise Invalid(said.bad_weight(key))
    total = sum(weights.values())
    if total != FULL_WEIGHT:
        raise Invalid(fields={f"weight_{keys[0]}": said.bad_sum(total)})


def _weights(line: Line) -> dict[str, int]:
    return {key: _weight(key, given) for key, given in line.values.items()}


def _weight(key: str, given: str) -> int:
    digits = given.removesuffix("%")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(FULL_WEIGHT)):
        raise Invalid(said.bad_weight(key))
    return int(digits)


def _role(ctx: Context, family: str, level: str) -> tuple[str, str]:
    """Return a role family and level as they are kept; capitals make no other role.

    Raises:
        Invalid: one of them is missing or too long.
    """
    named = (rules.tidy(family), rules.stage_named(level))
    longest = (said.FAMILY_MAX, said.LEVEL_MAX)
    if not all(0 < len(one) <= limit for one, limit in zip(named, longest, strict=True)):
        raise Invalid(said.HOW_TO_PROPOSE)
    known = {(one.casefold(), at): (one, at) for one, at in tables.roles(ctx.session)}
    return known.get((named[0].casefold(), named[1]), named)


def _base(ctx: Context, line: Line, role: tuple[str, str]) -> Template:
    """Return the template that a suggestion begins from: the one in force, or the one named."""
    like = Ref.parse(line.flags.get("like", ""))
    if like is not None and like.kind == rules.TEMPLATE:
        return asked.template(ctx, like.number)
    found = tables.template_in_force(ctx.session, *role)
    if found is None:
        raise Conflict(said.nothing_to_change(texts.role(*role)))
    return found


def _in_force(ctx: Context, id: int) -> Template:
    found = asked.template(ctx, id)
    if found.state is not TemplateState.IN_FORCE:
        raise Conflict(said.replaced(_code(found)))
    return found


def _list(ctx: Context, line: Line) -> Message:
    if not access.reads_templates(ctx.person):
        raise NotFound(NO_SUCH_THING)
    found = tables.templates(ctx.session, TemplateState.IN_FORCE, TemplateState.PROPOSED)
    shown, more = asked.page(line, found, "template list")
    if not shown:
        return Message(text=said.NO_TEMPLATES)
    return views.templates([(one, _in_short(ctx, one)) for one in shown], more)


def _in_short(ctx: Context, found: Template) -> str:
    criteria = tables.criteria_of(ctx.session, found.id or 0)
    return " ".join(f"{one.key}={one.weight}" for one in criteria)


def _card(ctx: Context, found: Template, *, with_sign: bool = False) -> Message:
    id = found.id or 0
    signed = [
        (said.OWNERS[one.department], asked.name_of(ctx, one.person_id) or said.AT_SETUP)
        for one in tables.signatures_of(ctx.session, id)
    ]
    card = views.TemplateCard(found, tables.criteria_of(ctx.session, id), signed)
    can_sign = with_sign or any(ctx.person.holds(Role.OWNER, one) for one in SIGNERS)
    if found.state is TemplateState.PROPOSED and can_sign:
        return views.template(card, [sign.button(said.SIGN, template=id).primary()])
    return views.template(card, _change_buttons(found))


def _change_buttons(found: Template) -> list[Button]:
    if found.state is not TemplateState.IN_FORCE:
        return []
    return [propose.button(said.CHANGE, template=found.id or 0)]


def _code(found: Template) -> str:
    return rules.code(rules.TEMPLATE, found.id)
