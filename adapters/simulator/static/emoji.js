/** The few emoji names that a bot for work uses; any other name stays as it was written. */

import { el } from "./dom.js";

const NAMES = {
  "+1": "👍",
  "-1": "👎",
  100: "💯",
  alarm_clock: "⏰",
  arrow_right: "→",
  bell: "🔔",
  book: "📖",
  books: "📚",
  bulb: "💡",
  calendar: "📅",
  chart_with_upwards_trend: "📈",
  clipboard: "📋",
  eyes: "👀",
  hourglass: "⌛",
  house: "🏠",
  inbox_tray: "📥",
  information_source: "ℹ️",
  key: "🔑",
  lock: "🔒",
  mag: "🔍",
  memo: "📝",
  no_entry: "⛔",
  pencil: "✏️",
  pencil2: "✏️",
  pray: "🙏",
  question: "❓",
  rotating_light: "🚨",
  scales: "⚖️",
  shield: "🛡️",
  smile: "🙂",
  speech_balloon: "💬",
  tada: "🎉",
  thumbsup: "👍",
  thumbsdown: "👎",
  warning: "⚠️",
  wave: "👋",
  white_check_mark: "✅",
  x: "❌",
};

/** Draw the emoji called *name*. */
export function emoji(name) {
  const sign = NAMES[name];
  return sign ? el("span", { class: "emoji", role: "img", "aria-label": name }, sign) : `:${name}:`;
}
