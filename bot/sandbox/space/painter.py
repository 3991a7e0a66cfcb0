"""The sandbox's painter: a landscape out of a prompt and a seed, plainly marked as no work of SD 3.5.

The same inputs give the same bytes; another prompt or seed gives another picture. Everything is drawn small
and enlarged, so that a picture costs a fraction of a second.
"""

import io
import math
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from random import Random
from typing import Literal, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from bot.sandbox.space.inputs import Inputs

PictureFormat: TypeAlias = Literal["webp", "png"]

MARK = "sandbox painter - not SD 3.5"  # a hyphen: the built-in font has no dash
_CANVAS = 512  # pixels of the longer side that is drawn on
_NOISE = 64  # pixels of the longer side of the noise that a preview comes out of
_SKETCH = 4  # a preview is drawn this many times smaller than the canvas
_BLUR = 8.0  # pixels of that sketch; the blur of a preview at the first step
_Color: TypeAlias = tuple[int, int, int]
_Size: TypeAlias = tuple[int, int]


def paint(inputs: Inputs, picture_format: PictureFormat = "webp") -> bytes:
    """Return the finished picture, of exactly the size asked for.

    Args:
        inputs: What to paint.
        picture_format: What to encode it as; real Gradio sends WebP unless the app says otherwise.
    """
    size = (inputs.width, inputs.height)
    picture = _landscape(inputs).resize(size, Image.Resampling.BICUBIC)
    return _encode(_marked(picture), picture_format)


def paint_preview(inputs: Inputs, step: int, picture_format: PictureFormat = "webp") -> bytes:
    """Return the unfinished picture after `step` of the steps: noise at first, then ever less of it."""
    done = min(max(step / max(inputs.steps, 1), 0.0), 1.0)
    size = (inputs.width, inputs.height)
    sketch = _landscape(inputs).reduce(_SKETCH)
    blurred = sketch.filter(ImageFilter.GaussianBlur(_BLUR * (1 - done)))
    noisy = Image.blend(_noise(inputs.seed, sketch.size), blurred, 0.15 + 0.85 * done**0.7)
    return _encode(_marked(noisy.resize(size, Image.Resampling.BILINEAR)), picture_format)


@lru_cache(maxsize=16)
def _landscape(inputs: Inputs) -> Image.Image:
    """Paint sky, light, ridges and water; guidance is contrast, steps are detail."""
    scale = _CANVAS / max(inputs.width, inputs.height)
    size = (max(round(inputs.width * scale), 1), max(round(inputs.height * scale), 1))
    random = _random(inputs)
    hue = random.uniform(0.5, 1.15) % 1.0  # from cyan over blue and red to orange: no green skies
    sky, haze, ground = _palette(random, hue)
    canvas = _gradient(size, sky, haze)
    if sum(sky) < 3 * 110:
        _stars(canvas, random)
    canvas = _light(canvas, random, haze)
    horizon = random.uniform(0.45, 0.7)
    _ridges(canvas, random, horizon, haze, ground, detail=inputs.steps)
    if random.random() < 0.6:
        canvas = _water(canvas, random.uniform(0.78, 0.86))
    return _contrast(canvas, inputs.guidance_scale)


def _random(inputs: Inputs) -> Random:
    text = "\0".join((inputs.prompt, inputs.negative_prompt, str(inputs.seed)))
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Random(digest)  # noqa: S311 - repeatable on purpose


def _palette(random: Random, hue: float) -> tuple[_Color, _Color, _Color]:
    """Return the colours of the sky, of the haze above the horizon, and of the nearest ground."""
    far = (hue + random.choice((0.08, 0.33, 0.5, 0.92))) % 1.0
    night = random.random() < 0.4
    sky = _color(hue, 0.6, 0.25 if night else 0.8)
    haze = _color(far, 0.45, 0.7 if night else 0.97)
    return sky, haze, _color((hue + 0.45) % 1.0, 0.7, 0.14)


def _color(hue: float, saturation: float, value: float) -> _Color:
    """Return a colour by hue, saturation and value, each from 0 to 1."""
    channels = []
    for offset in (5, 3, 1):
        k = (offset + hue * 6) % 6
        channels.append(round(255 * value * (1 - saturation * max(0.0, min(k, 4 - k, 1)))))
    return channels[0], channels[1], channels[2]


def _mix(one: _Color, other: _Color, share: float) -> _Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _gradient(size: _Size, top: _Color, bottom: _Color) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def _stars(canvas: Image.Image, random: Random) -> None:
    draw = ImageDraw.Draw(canvas)
    width, height = canvas.size
    for _ in range(90):
        brightness = random.randrange(120, 256)
        place = (random.randrange(width), int(height * 0.6 * random.random()))
        draw.circle(place, random.choice((0.5, 1.0)), (brightness, brightness, brightness))


def _light(canvas: Image.Image, random: Random, haze: _Color) -> Image.Image:
    """Hang a sun or a moon, with its glow."""
    width, height = canvas.size
    short = min(width, height)
    radius = short * random.uniform(0.05, 0.14)
    x, y = width * random.uniform(0.2, 0.8), height * random.uniform(0.15, 0.5)
    glow = Image.new("L", canvas.size)
    reach = round(radius * 5)
    spot = ImageChops.invert(Image.radial_gradient("L")).point(lambda level: max(level - 75, 0))
    glow.paste(spot.resize((reach * 2, reach * 2)), (round(x) - reach, round(y) - reach))
    warm = _mix(haze, (255, 250, 235), 0.7)
    lit = Image.composite(Image.new("RGB", canvas.size, warm), canvas, glow)
    ImageDraw.Draw(lit).ellipse((x - radius, y - radius, x + radius, y + radius), fill=warm)
    return lit


def _ridges(
    canvas: Image.Image, random: Random, horizon: float, haze: _Color, ground: _Color, *, detail: int
) -> None:
    """Draw layer upon layer of hills, mountains or roofs, each nearer and darker."""
    draw = ImageDraw.Draw(canvas)
    layers = random.randint(3, 6)
    profile = random.choice((_hills, _peaks, _roofs))
    for layer in range(layers):
        near = (layer + 1) / layers
        base = horizon + (1 - horizon) * 0.8 * layer / layers
        line = profile(random, canvas.size, base, 0.20 - 0.08 * near, min(8 + detail * 3, 120))
        width, height = canvas.size
        draw.polygon([(0, height), *line, (width, height)], fill=_mix(haze, ground, near**0.8))


def _hills(random: Random, size: _Size, base: float, swing: float, points: int) -> list[tuple[float, float]]:
    width, height = size
    waves = [(random.uniform(0.6, 4) * n, random.uniform(0, math.tau), 1 / n) for n in range(1, 4)]
    line = []
    for point in range(points + 1):
        x = point / points
        rise = sum(weight * math.sin(x * frequency * 2 + phase) for frequency, phase, weight in waves)
        line.append((x * width, (base - swing * rise / 2) * height))
    return line


def _peaks(random: Random, size: _Size, base: float, swing: float, points: int) -> list[tuple[float, float]]:
    """Displace midpoints until the line is as jagged as the steps allow."""
    width, height = size
    line = [random.uniform(-swing, swing), random.uniform(-swing, swing)]
    reach = swing * 1.6
    while len(line) * 2 <= points + 1:
        middles = [(a + b) / 2 + random.uniform(-reach, reach) for a, b in pairwise(line)]
        line = [value for pair in zip(line, [*middles, 0.0], strict=True) for value in pair][:-1]
        reach *= 0.55
    last = len(line) - 1
    return [(width * index / last, (base - value) * height) for index, value in enumerate(line)]


def _roofs(random: Random, size: _Size, base: float, swing: float, points: int) -> list[tuple[float, float]]:
    width, height = size
    line: list[tuple[float, float]] = []
    x = 0.0
    while x < width:
        top = (base - swing * random.uniform(-0.3, 1.2)) * height
        step = max(width / points, 1.0) * random.uniform(3, 12)
        line += [(x, top), (x + step, top)]
        x += step
    return line


def _water(canvas: Image.Image, shore: float) -> Image.Image:
    """Mirror what is above the shore below it."""
    width, height = canvas.size
    line = max(round(height * shore), 1)
    depth = height - line
    mirrored = canvas.crop((0, max(line - 2 * depth, 0), width, line)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    mirrored = mirrored.resize((width, depth)).filter(ImageFilter.BoxBlur((3, 0)))
    canvas.paste(Image.blend(mirrored, Image.new("RGB", mirrored.size, (20, 45, 80)), 0.35), (0, line))
    return canvas


def _contrast(canvas: Image.Image, guidance_scale: float) -> Image.Image:
    factor = 0.8 + guidance_scale * 0.05
    return canvas.point(lambda level: round(128 + (level - 128) * factor))


def _noise(seed: int, size: _Size) -> Image.Image:
    scale = _NOISE / max(size)
    small = (max(round(size[0] * scale), 1), max(round(size[1] * scale), 1))
    grain = Random(seed).randbytes(small[0] * small[1] * 3)  # noqa: S311 - repeatable on purpose
    return Image.frombytes("RGB", small, grain).resize(size, Image.Resampling.BILINEAR)


def _marked(picture: Image.Image) -> Image.Image:
    """Write on the picture what it is, over a darkened strip."""
    height = max(picture.height // 32, 12)
    strip = (0, picture.height - height * 2, picture.width, picture.height)
    darkened = picture.crop(strip).point(lambda level: level // 3)
    picture.paste(darkened, strip[:2])
    draw = ImageDraw.Draw(picture)
    draw.text((height, strip[1] + height), MARK, font=_font(height), fill=(245, 245, 245), anchor="lm")
    return picture


@lru_cache(maxsize=8)
def _font(height: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(height)


def _encode(picture: Image.Image, picture_format: PictureFormat) -> bytes:
    out = io.BytesIO()
    if picture_format == "png":
        picture.save(out, "PNG", compress_level=1)
    else:
        picture.save(out, "WEBP", quality=80, method=0)
    return out.getvalue()
