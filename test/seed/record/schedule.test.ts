import { describe, expect, it } from 'vitest';
import { minutesLeft } from '../../../functions/model/hours/open-state.ts';
import { DAY, mergeWeek, printWeek } from '../../../functions/model/hours/week.ts';
import { readHours } from '../../../seed/record/hours-text.ts';
import { readPermits } from '../../../seed/record/permit.ts';
import { readSchedule } from '../../../seed/record/schedule.ts';
import { joinSchedule } from '../../../seed/vendor/join.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { cityOf, minimalCity } from '../../fixtures/minimal-city.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, READ_AT, snapshot } from '../tables.ts';

const HEADER =
  'DayOrder,DayOfWeekStr,starttime,endtime,locationid,start24,end24,ColdTruck,Applicant,Latitude,Longitude';
const read = (...lines: string[]) => readSchedule(sanFrancisco, csv(HEADER, ...lines));
const permits = (...lines: string[]) =>
  readPermits(sanFrancisco, csv('locationid,Applicant,Status,FoodItems,dayshours,Latitude,Longitude', ...lines), {
    readAt: READ_AT,
  }).rows;

describe('a row of the schedule', () => {
  it.each([
    ['0,Sunday,10AM,11AM,7,10:00,11:00', [[6 * DAY + 600, 6 * DAY + 660]]],
    ['6,Saturday,8PM,12AM,7,20:00,24:00', [[5 * DAY + 1200, 6 * DAY]]],
    ['1,Monday,12AM,1AM,7,00:00,01:00', [[0, 60]]],
    ['5,Friday,10PM,3AM,7,22:00,03:00', [[4 * DAY + 1320, 5 * DAY + 180]]],
    ['0,Sunday,10PM,3AM,7,22:00,03:00', [[6 * DAY + 1320, 7 * DAY + 180]]],
    ['3,Wednesday,8AM,8AM,7,08:00,08:00', [[2 * DAY + 480, 3 * DAY + 480]]],
    ['2,Tuesday,,,7,9:30,10:15', [[DAY + 570, DAY + 615]]],
    [',tuesday,9AM,12PM,7,,', [[DAY + 540, DAY + 720]]],
    [',Mon,9AM,12PM,7,,', [[540, 720]]],
    [',Tues.,9AM,12PM,7,,', [[DAY + 540, DAY + 720]]],
    [',Thur,9AM,12PM,7,,', [[3 * DAY + 540, 3 * DAY + 720]]],
    [',SATURDAYS,9AM,12PM,7,,', [[5 * DAY + 540, 5 * DAY + 720]]],
  ])('%s', (line, week) => {
    const { hoursByPlace, dropped } = read(`${line},Y,Truck,37.76,-122.42`);
    expect(hoursByPlace.get('7')).toMatchObject({ week, complete: true, coldTruck: true });
    expect(dropped).toEqual([]);
  });

  it.each([
    ['7,Sunday,10AM,11AM,7,10:00,11:00', 'bad_day'],
    [',,10AM,11AM,7,10:00,11:00', 'bad_day'],
    [',Mo,10AM,11AM,7,10:00,11:00', 'bad_day'],
    [',Money,10AM,11AM,7,10:00,11:00', 'bad_day'],
    [',Mon-Fri,10AM,11AM,7,10:00,11:00', 'bad_day'],
    ['1,Monday,,,7,10:00,', 'bad_time'],
    ['1,Monday,,,7,25:00,26:00', 'bad_time'],
    ['1,Monday,,,7,24:00,25:00', 'bad_time'],
    ['1,Monday,,,7,noon,1PM', 'bad_time'],
    ['1,Monday,10AM,11AM,,10:00,11:00', 'no_id'],
  ])('%s is dropped as %s', (line, reason) => {
    const { dropped, rowsIn } = read('1,Monday,6AM,7AM,7,06:00,07:00,Y,Truck,,', `${line},Y,Truck,,`);
    expect(dropped).toEqual([expect.objectContaining({ line: 3, reason })]);
    expect(rowsIn).toBe(2);
  });

  it('that cannot be read makes the hours of its place incomplete', () => {
    const { hoursByPlace } = read('1,,,,7,06:00,07:00,,,,', '2,,,,7,xx,07:00,,,,', '1,,,,8,06:00,07:00,,,,');
    expect(hoursByPlace.get('7')).toMatchObject({ week: [[360, 420]], complete: false });
    expect(hoursByPlace.get('8')).toMatchObject({ week: [[360, 420]], complete: true, coldTruck: null });
  });
});

it.each([
  ['Truck located on the north side of Howard St', 'Truck located on the north side of Howard St'],
  [
    'Set-up at 1301 4th St: 9:56am-9:57am & 1375 4th St: 9:57am',
    'Set-up at 1301 4th St: 9:56am-9:57am & 1375 4th St: 9:57am',
  ],
  ['  50 Ivy  St: 11:10am-11:25am ', '50 Ivy St: 11:10am-11:25am'],
  ['6:30AM-8:15AM, 12:20PM-1PM', null],
  ['10am to 6pm Mon thru Friday', null],
  ['9:45am-9:50am(M-Su), 6:30am-7:00am(M-Sat)', null],
  ['Monday/Wednesday noon to 2 p.m.', null],
  ['', null],
])('the description of a place without its hours alone: %j is %j', (text, description) => {
  const table = csv('locationid,DayOrder,start24,end24,locationdesc', `7,1,11:00,14:00,"${text}"`);
  expect(readSchedule(sanFrancisco, table).hoursByPlace.get('7')?.description).toBe(description);
});

it('hours in words are read in the notation of the city’s file, seasons included; others are reported', () => {
  const file = minimalCity();
  const schedule = { url: './hours.csv', columns: { id: 'Id', hours: 'When' } };
  const city = cityOf({ ...file, sources: { ...file.sources, schedule }, hours: { notation: 'opening-hours' } });
  const table = csv('Id,When', '1,Mo 10:00-11:00', '1,Tu 10:00-11:00', '2,May 09:00-10:00', '3,sunrise-sunset', '4,');
  const { hoursByPlace, dropped } = readSchedule(city, table, '2026-05-04');
  const week = (id: string) => printWeek(hoursByPlace.get(id)?.week ?? []);
  expect([week('1'), week('2'), week('3')]).toEqual(['Mo/Tu:10AM-11AM', 'Mo-Su:9AM-10AM', '']);
  expect(dropped).toMatchObject([
    { id: '3', reason: 'bad_time', detail: '"sunrise-sunset": "sunrise-sunset" is no rule for a week' },
    { id: '4', reason: 'bad_time', detail: 'the row has no hours' },
  ]);
});

it('its description of a place comes before the permit’s', () => {
  const schedule = csv('locationid,DayOrder,start24,end24,locationdesc', '7,1,11:00,14:00,Next to the gate');
  const table = csv(
    'locationid,Applicant,Status,FoodItems,Latitude,Longitude,LocationDescription',
    '7,Truck,APPROVED,Tea,37.76,-122.42,01ST ST: BUSH ST to PINE ST',
    '8,Truck,APPROVED,Tea,37.76,-122.42,',
  );
  const rows = readPermits(sanFrancisco, table, { readAt: READ_AT }).rows;
  const joined = joinSchedule(sanFrancisco, rows, readSchedule(sanFrancisco, schedule)).rows;
  expect(joined.map(({ descriptions }) => descriptions)).toEqual([
    ['Next to the gate', '01ST ST: BUSH ST to PINE ST'],
    [],
  ]);
});

it('overlapping and adjacent rows of a place are merged', () => {
  const { hoursByPlace } = read('1,,,,7,11:00,14:00,,,,', '1,,,,7,13:00,16:00,,,,', '1,,,,7,16:00,17:00,,,,');
  expect(hoursByPlace.get('7')?.week).toEqual([[660, 1020]]);
});

it('reading a schedule throws for a city without one', () => {
  expect(() => readSchedule(vancouver, csv(HEADER, '1,,,,7,11:00,14:00,,,,'))).toThrow(/vancouver has no schedule/);
});

describe('joinSchedule', () => {
  const schedule = read(
    '1,Monday,,,1,11:00,14:00,Y,Truck,37.761,-122.421',
    '2,Tuesday,,,2,11:00,14:00,Y,Truck,37.762,-122.422',
    '2,Tuesday,,,3,11:00,14:00,Y,Truck,48.1,11.5',
    '3,Wednesday,,,99,11:00,14:00,N,Gone,37.763,-122.423',
    '4,Thursday,,,98,11:00,14:00,N,Test,37.763,-122.423',
  );
  const joined = joinSchedule(
    sanFrancisco,
    permits(
      '1,A,APPROVED,Tacos,Mo-Fr:9AM-10AM,37.76,-122.42',
      '2,B,APPROVED,Tacos,,0,0',
      '3,C,APPROVED,Tacos,,0,0',
      '4,D,APPROVED,Tacos,Sa:9AM-10AM,37.76,-122.42',
      '5,E,APPROVED,Tacos,,37.76,-122.42',
      '6,F,APPROVED,Tacos,whenever,37.76,-122.42',
      '7,G,APPROVED,Tacos,Su/Mo/Tu/We/Th:9AM-10AM,37.76,-122.42',
    ),
    schedule,
    new Set(['98']),
  );
  const row = (id: string) => joined.rows.find((one) => one.id === id);

  it.each([
    ['1', 'schedule', 'Mo:11AM-2PM', true],
    ['2', 'schedule', 'Tu:11AM-2PM', true],
    ['4', 'permit', 'Sa:9AM-10AM', true],
    ['5', 'none', null, true],
    ['6', 'none', null, true],
    ['7', 'permit', 'Mo-Th:9AM-10AM;Su:9AM-10AM', false],
  ])('takes the hours of %s from: %s', (id, source, text, complete) => {
    expect(row(id)?.hours).toMatchObject({ source, complete });
    // The printer may split a list of five days, so compare weeks.
    const shown = row(id)?.hours.text ?? null;
    const weekOf = (hours: string | null) => (hours === null ? null : readHours(hours));
    expect(weekOf(shown)).toEqual(weekOf(text));
  });

  it('uses the schedule’s place only if the permit has none, and only within the city', () => {
    expect(row('1')?.place).toEqual({ lat: 37.76, lon: -122.42 });
    expect(row('2')).toMatchObject({ place: { lat: 37.762, lon: -122.422 }, placeFault: null });
    expect(row('3')).toMatchObject({ place: null, placeFault: { reason: 'no_place' } });
  });

  it('reports rows without a permit, unreadable hours and places out of bounds', () => {
    expect(joined.orphans).toEqual([expect.objectContaining({ id: '99', line: 5, reason: 'orphan' })]);
    expect(joined.notes.map(({ id, kind }) => [id, kind])).toEqual([
      ['2', 'place_from_schedule'],
      ['6', 'unparsed_hours'],
      ['7', 'incomplete_hours'],
    ]);
    expect(schedule.notes).toEqual([expect.objectContaining({ id: '3', kind: 'schedule_outside_bounds' })]);
  });

  it('uses the permits’ own hours without a schedule', () => {
    const alone = joinSchedule(sanFrancisco, permits('1,A,APPROVED,Tacos,Mo-Fr:9AM-10AM,37.76,-122.42'), null);
    expect(alone.rows[0]?.hours).toMatchObject({ source: 'permit', text: 'Mo-Fr:9AM-10AM' });
    expect(alone.orphans).toEqual([]);
  });
});

describe.skipIf(noSharedData)('the hours in permit texts match the schedule', () => {
  it.each([
    ['permits/permits-2017-06-19-764.csv', 'schedule/schedule-2017-06-4923.csv', 656, 22],
    ['permits/permits-2021-12-09-629.csv', 'schedule/schedule-2022-01-2809.csv', 184, 0],
  ])('%s', (permitFile, scheduleFile, whole, cut) => {
    const schedule = readSchedule(sanFrancisco, snapshot(scheduleFile));
    expect(schedule.dropped).toEqual([]);
    const counts = { whole: 0, cut: 0 };
    for (const { cells } of snapshot(permitFile).rows) {
      const text = cells.get('dayshours');
      const scheduled = schedule.hoursByPlace.get(cells.get('locationid') ?? '')?.week;
      if (text === undefined || scheduled === undefined) continue;
      const reading = readHours(text);
      if ('unreadable' in reading) throw new Error(`${text}: ${reading.unreadable}`);
      expect(reading.complete, text).toBe(text.length < 99);
      if (reading.complete) expect(reading.week, text).toEqual(scheduled);
      else expect(mergeWeek([...reading.week, ...scheduled]), text).toEqual(scheduled);
      counts[reading.complete ? 'whole' : 'cut']++;
    }
    // The number found by hand in the data.
    expect(counts).toEqual({ whole, cut });
  });

  it('no minute of the schedule’s rows is lost', () => {
    const table = snapshot('schedule/schedule-2022-01-2809.csv');
    const { hoursByPlace, rowsIn } = readSchedule(sanFrancisco, table);
    expect(rowsIn).toBe(table.rows.length);
    for (const { cells } of table.rows) {
      const week = hoursByPlace.get(cells.get('locationid') ?? '')?.week ?? [];
      const day = (Number(cells.get('dayorder')) + 6) % 7;
      const [from = 0, to = 0] = [cells.get('start24'), cells.get('end24')].map((text) => Number(text?.slice(0, 2)));
      expect(minutesLeft(week, day * DAY + from * 60) !== null).toBe(true);
      const lastMinute = (day * DAY + (to > from ? to : to + 24) * 60 - 1) % (7 * DAY);
      expect(minutesLeft(week, lastMinute) !== null).toBe(true);
    }
  });
});
