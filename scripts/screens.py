#!/usr/bin/env python3
"""Take the pictures of docs/screens again, from the browser tests that walk the main job.

Each PNG is brought to a palette of at most 256 colours, so that the folder stays light.
"""

from __future__ import annotations

import base64
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
from ensure_test_tools import find_browser
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
TESTS = [
    "tests/browser/test_main_job.py",
    "tests/browser/test_other_paths.py::test_two_people_on_one_form",
]
LARGEST = 200_000
PIXELS = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const bytes = context.getImageData(0, 0, picture.width, picture.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return [picture.width, picture.height, btoa(text)];
}"""


def pixels(page: Page, path: Path) -> np.ndarray:
    """Height x width x RGB, decoded by the browser that took the picture."""
    address = "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
    width, height, text = page.evaluate(PIXELS, address)
    flat = np.frombuffer(base64.b64decode(text), dtype=np.uint8)
    return flat.reshape(height, width, 4)[:, :, :3]


def spread(shades: np.ndarray, order: np.ndarray, size: int) -> list[int]:
    """The commonest colours, none close to one before it: a rare red counts more than one more grey."""
    near = 24
    while True:
        kept: list[int] = []
        free = np.ones(len(shades), dtype=bool)
        for place in order:
            if free[place]:
                kept.append(int(place))
                apart = shades - shades[place]
                free &= (apart * apart).sum(axis=1) > near
            if len(kept) > size:
                break
        if len(kept) <= size:
            return kept
        near *= 2


def palette_of(picture: np.ndarray, size: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """The colours that matter most, and for each pixel the nearest of them."""
    flat = picture.reshape(-1, 3).astype(np.int32)
    codes = (flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2]
    colours, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
    shades = np.stack([(colours >> 16) & 255, (colours >> 8) & 255, colours & 255], axis=1)
    chosen = shades[spread(shades, np.argsort(-counts, kind="stable"), size)]
    nearest = np.empty(len(colours), dtype=np.uint8)
    for start in range(0, len(colours), 4096):
        part = shades[start : start + 4096, None, :] - chosen[None, :, :]
        nearest[start : start + 4096] = (part * part).sum(axis=2).argmin(axis=1)
    return chosen.astype(np.uint8), nearest[places.reshape(-1)].reshape(picture.shape[:2])


def png(palette: np.ndarray, rows: np.ndarray) -> bytes:
    """An indexed PNG, written without any filter: text on plain ground packs best so."""
    height, width = rows.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = rows

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            chunk(b"PLTE", palette.tobytes()),
            chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            chunk(b"IEND", b""),
        )
    )


def lighten() -> int:
    """Every picture in a palette; says how many are still too heavy."""
    heavy = 0
    with sync_playwright() as playwright:
        alone = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_browser(), args=alone)
        page = browser.new_page()
        for path in sorted(SCREENS.glob("*.png")):
            path.write_bytes(png(*palette_of(pixels(page, path))))
            size = path.stat().st_size
            heavy += size > LARGEST
            print(f"{size / 1000:7.0f} kB  {path.name}{'  too heavy' if size > LARGEST else ''}")
        browser.close()
    return heavy


def main() -> int:
    for old in SCREENS.glob("*.png"):
        old.unlink()
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", *TESTS],
        cwd=ROOT,
        env={**os.environ, "FILROUGE_SCREENS": "1"},
    )
    return answer.returncode or (1 if lighten() else 0)


if __name__ == "__main__":
    sys.exit(main())
