// Reads calendars with ical.js (Thunderbird's reader) and prints what it understood, one list of events a file.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function read(path) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  const zones = new Map(
    calendar.getAllSubcomponents("vtimezone").map((block) => [
      block.getFirstPropertyValue("tzid"),
      new ICAL.Timezone(block),
    ]),
  );
  return calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name);
    const time = (name) => {
      const property = event.getFirstProperty(name);
      const moment = property.getFirstValue();
      if (moment.isDate) return { day: moment.toString() };
      const zone = property.getParameter("tzid");
      // The instant by the calendar's own VTIMEZONE alone.
      if (zone) moment.zone = zones.get(zone);
      return { zone: zone ?? "UTC", seconds: moment.toUnixTime() };
    };
    return {
      uid: value("uid"),
      starts: time("dtstart"),
      ends: time("dtend"),
      summary: value("summary"),
      location: value("location") ?? "",
      description: value("description"),
      url: value("url"),
      categories: event.getAllProperties("categories").flatMap((property) => property.getValues()),
      status: value("status"),
      sequence: value("sequence"),
      created: value("created").toUnixTime(),
      changed: value("last-modified").toUnixTime(),
      stamp: value("dtstamp").toUnixTime(),
      geo: value("geo"),
      conference: value("conference"),
    };
  });
}

console.log(JSON.stringify(process.argv.slice(2).map(read)));
