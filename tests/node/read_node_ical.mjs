// Reads calendars with node-ical and prints what it understood, one list of events a file.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const two = (number) => String(number).padStart(2, "0");
const day = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
const time = (moment) => (moment.dateOnly ? { day: day(moment) } : { zone: moment.tz, seconds: moment.getTime() / 1000 });
const text = (value) => (typeof value === "object" ? value.val : value) ?? "";

function read(path) {
  return Object.values(ical.sync.parseICS(readFileSync(path, "utf8")))
    .filter((each) => each.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      starts: time(event.start),
      ends: time(event.end),
      summary: text(event.summary),
      location: text(event.location),
      description: text(event.description),
      url: text(event.url),
      categories: event.categories ?? [],
      status: event.status,
      sequence: event.sequence,
      created: event.created.getTime() / 1000,
      changed: event.lastmodified.getTime() / 1000,
      stamp: event.dtstamp.getTime() / 1000,
    }));
}

console.log(JSON.stringify(process.argv.slice(2).map(read)));
