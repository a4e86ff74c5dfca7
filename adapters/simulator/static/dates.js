/** Instants in the reader's own time zone, and Slack's words for them. */

const LOCALE = "en-GB";
const DAY_MS = 86_400_000;

/** Return an instant in *tz*, in the parts that *options* of Intl ask for. */
export function formatted(unix, tz, options) {
  return new Intl.DateTimeFormat(LOCALE, { timeZone: tz, ...options }).format(
    new Date(unix * 1000),
  );
}

/** Return the calendar day of an instant, as `2026-11-23`. */
export function dayOf(unix, tz) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: tz }).format(new Date(unix * 1000));
}

/** Return the time of day, as `09:30`. */
export function timeOf(unix, tz) {
  return formatted(unix, tz, { hour: "2-digit", minute: "2-digit" });
}

/** Return today, yesterday or tomorrow as seen from *now*, or null for any other day. */
function nearDay(unix, now, tz) {
  const names = { "-1": "yesterday", 0: "today", 1: "tomorrow" };
  const days = (Date.parse(dayOf(unix, tz)) - Date.parse(dayOf(now, tz))) / DAY_MS;
  return names[days] ?? null;
}

/** Name the day of an instant for a line between two days. */
export function dayLabel(unix, now, tz) {
  const near = nearDay(unix, now, tz);
  return near
    ? capital(near)
    : formatted(unix, tz, { weekday: "long", day: "numeric", month: "long" });
}

/** Return a whole instant with its zone, for titles and the clock. */
export function fullDate(unix, tz) {
  return formatted(unix, tz, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

const TOKENS = {
  date_num: (unix, tz) => dayOf(unix, tz),
  date: (unix, tz) => formatted(unix, tz, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (unix, tz) =>
    formatted(unix, tz, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (unix, tz) =>
    formatted(unix, tz, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: timeOf,
  time_secs: (unix, tz) =>
    formatted(unix, tz, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
};

/** Fill Slack's date tokens (`{date_short_pretty} {time}`) for an instant. */
export function slackDate(unix, format, { tz, now }) {
  return format.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "ago") {
      return ago(unix, now);
    }
    if (token.endsWith("_pretty")) {
      const plain = TOKENS[token.slice(0, -"_pretty".length)] ?? TOKENS.date_short;
      return nearDay(unix, now, tz) ?? plain(unix, tz);
    }
    return TOKENS[token]?.(unix, tz) ?? whole;
  });
}

function ago(unix, now) {
  const minutes = Math.round((unix - now) / 60);
  const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
  if (Math.abs(minutes) < 60) {
    return words.format(minutes, "minute");
  }
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 48
    ? words.format(hours, "hour")
    : words.format(Math.round(hours / 24), "day");
}

/** Return an instant as the value of a datetime-local field, in *tz*. */
export function toField(unix, tz) {
  return `${dayOf(unix, tz)}T${timeOf(unix, tz)}`;
}

/** Return the instant that a datetime-local field names in *tz*, in unix seconds. */
export function fromField(value, tz) {
  const wanted = Date.parse(`${value}Z`) / 1000;
  // The first guess takes the local time for UTC; the second corrects by the zone's offset there.
  const guess = wanted - offset(wanted, tz);
  return wanted - offset(guess, tz);
}

function offset(unix, tz) {
  return Date.parse(`${toField(unix, tz)}Z`) / 1000 - Math.floor(unix / 60) * 60;
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
