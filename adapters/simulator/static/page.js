/** Puts the page together: the panes, the clock, the side panel, and the stream of changes. */

import { get, listen, Refused } from "./api.js";
import { Clock } from "./clock.js";
import { Dock } from "./dock.js";
import { Journal } from "./journal.js";
import { notice } from "./notices.js";
import { Panes } from "./panes.js";
import { SlackPane } from "./slack/pane.js";
import { TeamsPane } from "./teams/pane.js";
import { Tour } from "./tour.js";

const byId = (id) => document.getElementById(id);

async function start() {
  const setup = await get("/api/page/setup");
  const slack = new SlackPane(setup.slack);
  const panes = [slack, ...(setup.teams ? [new TeamsPane(setup.teams)] : [])];
  new Panes(byId("pane-row"), byId("pane-switches"), panes);
  const clock = new Clock(byId("clock"), slack);
  const close = () => dock.close();
  const journal = new Journal(byId("journal"), panes, { close });
  const tour = new Tour(byId("tour"), panes, setup.tour, { close });
  const dock = new Dock(byId("dock"), byId("dock-switches"), [
    { id: "tour", label: "Tour", sign: "flag" },
    { id: "journal", label: "Behind the scenes", sign: "eye", opened: () => journal.load() },
  ]);
  const refresh = () => Promise.all(panes.map((pane) => pane.refresh()));
  await Promise.all([refresh(), clock.load(), journal.load()]);
  follow({ panes, refresh, clock, journal, tour });
  document.body.dataset.ready = "";
}

function follow({ panes, refresh, clock, journal, tour }) {
  const again = async () => {
    journal.clear();
    tour.restart();
    await Promise.all([refresh(), clock.load(), journal.load()]);
  };
  listen("/api/page/events", {
    open: refresh,
    change: ({ n, platform }) => panes.find((pane) => pane.name === platform).changed(n),
    journal: () => journal.load(),
    clock: (told) => {
      clock.show(told);
      refresh();
    },
    reset: again,
  });
}

start().catch((error) => {
  notice(
    error instanceof Refused
      ? error.message
      : "The page could not start. Load it again; if that does not help, look at the simulator's terminal.",
  );
  throw error;
});
