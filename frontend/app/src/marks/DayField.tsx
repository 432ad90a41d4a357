// A day, or an hour, entered in the manner of the page's language and not of the browser's own.
import {
  type CalendarDate,
  GregorianCalendar,
  parseDate,
  parseTime,
  type Time,
  toCalendar,
} from "@internationalized/date";
import { type ReactNode, useEffect, useState } from "react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
  TimeField,
} from "react-aria-components";
import { LOCALES } from "../words/formats";
import { useWords } from "../words/Words";

interface Given {
  label: string;
  name: string;
  /** An ISO day (YYYY-MM-DD) or hour (HH:MM), nothing where none is given; left out, the field keeps its own. */
  value?: string;
  change?(value: string): void;
  /** What a field that keeps its own value begins with. */
  initially?: string;
  required?: boolean;
  /** What is wrong with it, in words. */
  fault?: ReactNode;
  describedBy?: string | undefined;
  className?: string;
}

/** The first year that is taken: while a year is being typed it is a smaller one. */
const FIRST_YEAR = 1900;

function useGiven({ value, change, initially = "" }: Given): [string, (value: string) => void] {
  const [own, setOwn] = useState(initially);
  return [
    value ?? own,
    (fresh) => {
      setOwn(fresh);
      change?.(fresh);
    },
  ];
}

function dayOf(text: string): CalendarDate | null {
  try {
    return parseDate(text);
  } catch {
    return null;
  }
}

export function DayField(given: Given): ReactNode {
  const { language } = useWords();
  const [value, put] = useGiven(given);
  const [shown, setShown] = useState(() => dayOf(value));
  useEffect(() => setShown(dayOf(value)), [value]);
  const change = (day: CalendarDate | null): void => {
    const gregorian = day && toCalendar(day, new GregorianCalendar());
    setShown(gregorian);
    if (!gregorian) put("");
    else if (gregorian.year >= FIRST_YEAR) put(gregorian.toString());
  };
  return (
    <I18nProvider locale={LOCALES[language]}>
      <DatePicker
        className={given.className ?? "field"}
        value={shown}
        onChange={change}
        isRequired={given.required ?? false}
        isInvalid={Boolean(given.fault)}
        validationBehavior="aria"
        data-field={given.name}
        {...(given.describedBy ? { "aria-describedby": given.describedBy } : {})}
      >
        <Label>{given.label}</Label>
        <input type="hidden" name={given.name} value={value} />
        <Group className="segments">
          <DateInput className="segments-in">
            {(segment) => <DateSegment className="segment" segment={segment} />}
          </DateInput>
          <Button className="segments-open">
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
              <path
                d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
              />
            </svg>
          </Button>
        </Group>
        {given.fault}
        <Popover className="calendar-popover">
          <Dialog className="calendar-dialog">
            <Calendar className="calendar">
              <header>
                <Button slot="previous" className="icon">
                  <span aria-hidden="true" className="turn">
                    ‹
                  </span>
                </Button>
                <Heading />
                <Button slot="next" className="icon">
                  <span aria-hidden="true" className="turn">
                    ›
                  </span>
                </Button>
              </header>
              <CalendarGrid>{(date) => <CalendarCell className="calendar-cell" date={date} />}</CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

function hourOf(text: string): Time | null {
  try {
    return parseTime(text);
  } catch {
    return null;
  }
}

/** An hour of the day, of 24. */
export function HourField(given: Given): ReactNode {
  const { language } = useWords();
  const [value, put] = useGiven(given);
  return (
    <I18nProvider locale={LOCALES[language]}>
      <TimeField
        className={given.className ?? "field"}
        value={hourOf(value)}
        onChange={(time) => put(time ? time.toString().slice(0, 5) : "")}
        hourCycle={24}
        validationBehavior="aria"
        data-field={given.name}
      >
        <Label>{given.label}</Label>
        <input type="hidden" name={given.name} value={value} />
        <DateInput className="segments segments-in">
          {(segment) => <DateSegment className="segment" segment={segment} />}
        </DateInput>
      </TimeField>
    </I18nProvider>
  );
}
