import type { ReactNode } from "react";
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import { useWords } from "../words/Words";
import { daysBetween, nextDay } from "./scale";

interface Given {
  label: string;
  hint: string;
  first: string;
  last: string;
  value: string;
  put(day: string): void;
}

/** One of the two times, a day at a time; arrows step by a day, Page Up and Page Down by ten steps. */
export function TimeSlider({ label, hint, first, last, value, put }: Given): ReactNode {
  const { formats } = useWords();
  const most = Math.max(1, daysBetween(first, last));
  const at = value >= last ? most : Math.min(most, Math.max(0, daysBetween(first, value)));
  const shown = formats.shortDay(`${value >= last ? last : nextDay(first, at)}T12:00:00Z`);
  return (
    <Slider
      className="slider"
      minValue={0}
      maxValue={most}
      value={at}
      onChange={(days) => put(nextDay(first, Number(days)))}
    >
      <Label>{label}</Label>
      <SliderOutput className="slider-value">{shown}</SliderOutput>
      <SliderTrack className="slider-track">
        <SliderThumb className="slider-thumb" aria-valuetext={shown} />
      </SliderTrack>
      <p className="quiet-text slider-hint">{hint}</p>
    </Slider>
  );
}
