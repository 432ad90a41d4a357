// The map on paper: a picture of what the screen shows, with the names that are HTML there. A canvas of WebGL is
// empty once its frame was shown, and the page is laid out anew for paper before the map could draw again.
import type { Map as LibreMap } from "maplibre-gl";

const NAMES = ".town:not([hidden]), .sector-name:not([hidden])";

/** Puts a picture of the map after its canvas for as long as the page is being printed; returns how to stop that. */
export function keepForPaper(map: LibreMap): () => void {
  let picture: HTMLCanvasElement | null = null;
  const before = (): void => {
    picture?.remove();
    // Drawn in this very turn: the frame is still there to be copied.
    map.redraw();
    picture = pictureOf(map);
    map.getContainer().after(picture);
  };
  const after = (): void => {
    picture?.remove();
    picture = null;
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    after();
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}

function pictureOf(map: LibreMap): HTMLCanvasElement {
  const drawn = map.getCanvas();
  const picture = document.createElement("canvas");
  picture.className = "map-paper";
  picture.setAttribute("aria-hidden", "true");
  picture.width = drawn.width;
  picture.height = drawn.height;
  const pen = picture.getContext("2d");
  if (!pen) return picture;
  pen.drawImage(drawn, 0, 0);
  const frame = drawn.getBoundingClientRect();
  pen.scale(drawn.width / Math.max(1, frame.width), drawn.height / Math.max(1, frame.height));
  pen.textBaseline = "top";
  for (const name of map.getContainer().querySelectorAll<HTMLElement>(NAMES)) write(pen, name, frame);
  return picture;
}

/** Each line of a name where the screen has it, with an edge against the ground. */
function write(pen: CanvasRenderingContext2D, name: HTMLElement, frame: DOMRect): void {
  const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(node.parentElement ?? name);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.direction = style.direction === "rtl" ? "rtl" : "ltr";
    pen.textAlign = "center";
    pen.lineWidth = 3;
    pen.strokeStyle =
      getComputedStyle(document.documentElement).getPropertyValue("--casing").trim() || "#fff";
    pen.fillStyle = style.color;
    const [x, y] = [(box.left + box.right) / 2 - frame.left, box.top - frame.top];
    const text = node.textContent ?? "";
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}
