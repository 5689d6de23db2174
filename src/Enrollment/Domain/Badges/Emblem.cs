using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>
/// The picture of a course's badge, drawn from the course's pattern and hue and a little of its id: circles and polygons alone, the same in
/// SVG and in PNG, for ever the same for the same course. No letters: it needs no font and speaks every language.
/// </summary>
internal sealed class Emblem
{
    /// <summary>Side of the drawing in its own units.</summary>
    public const int Side = 240;

    private const double Centre = Side / 2.0;

    private static readonly Dictionary<string, double> Hues = new(StringComparer.Ordinal)
    {
        ["leaf"] = 155,
        ["clay"] = 40,
        ["plum"] = 330,
        ["sky"] = 255,
        ["sand"] = 85,
        ["sea"] = 205,
    };

    private readonly List<Shape> shapes = [];
    private readonly Colour pale;
    private readonly Colour light;
    private readonly Colour dark;
    private readonly Colour spark = Colour.Of(0.79, 0.15, 78);

    private Emblem(string pattern, string hue, Guid courseId)
    {
        var h = Hues.GetValueOrDefault(hue, Hues["sea"]);
        (pale, light, dark) = (Colour.Of(0.94, 0.03, h), Colour.Of(0.86, 0.06, h), Colour.Of(0.47, 0.1, h));
        var own = courseId.ToByteArray()[15];
        Rim(Colour.Of(0.68, 0.1, h), petals: 8 + (4 * (own % 3)), accent: 2 + (own / 4 % 3));
        Motif(pattern);
    }

    public IReadOnlyList<Shape> Shapes => shapes;

    public static Emblem Of(string pattern, string hue, Guid courseId) => new(pattern, hue, courseId);

    /// <summary>The drawing as SVG 1.1, with its name in words.</summary>
    public string Svg(string name)
    {
        var svg = new StringBuilder($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Side} {Side}" width="480" height="480" role="img"><title>{Xml(name)}</title>""");
        foreach (var shape in shapes)
            svg.Append(shape.Svg());
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Text as it may stand in XML; what XML cannot hold is left out.</summary>
    public static string Xml(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => r.Value >= ' ' || r.Value is '\n' or '\t').Where(r => r.Value is not (0xFFFE or 0xFFFF)))
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    private void Rim(Colour middle, int petals, int accent)
    {
        for (var i = 0; i < 12; i++)
            Circle(92, i * 30, 24, dark);
        shapes.Add(Shape.Disc(Centre, Centre, 98, dark));
        shapes.Add(Shape.Disc(Centre, Centre, 90, middle));
        for (var i = 0; i < petals; i++)
            shapes.Add(Petal(Centre, Centre, from: 60, to: 86, width: 9, 360.0 * i / petals, i % accent == 0 ? spark : light));
        shapes.Add(Shape.Disc(Centre, Centre, 56, pale));
    }

    private void Motif(string pattern)
    {
        switch (pattern)
        {
            case "leaves":
                foreach (var turn in (int[])[-50, 0, 50])
                    shapes.Add(Petal(Centre, 152, from: 2, to: turn == 0 ? 72 : 58, width: 15, turn, turn == 0 ? spark : dark));
                break;
            case "scales":
                foreach (var (x, y) in ((double, double)[])[(102, 138), (138, 138), (120, 106)])
                {
                    shapes.Add(Shape.Disc(x, y, 19, y < 120 ? spark : dark));
                    shapes.Add(Shape.Disc(x, y, 9, pale));
                }

                break;
            case "stitch":
                for (var i = 0; i < 5; i++)
                    shapes.Add(Bar(Centre + (((i % 3) - 1) * 27 * (i < 3 ? 1 : 0)), i < 3 ? Centre : i == 3 ? 93 : 147, 8, 35, i == 1 ? spark : dark, i % 2 == 0 ? 45 : -45));
                break;
            case "orbit":
                shapes.Add(Shape.Disc(Centre, Centre, 40, dark));
                shapes.Add(Shape.Disc(Centre, Centre, 33, pale));
                shapes.Add(Shape.Disc(Centre, Centre, 17, dark));
                Circle(36.5, -40, 9, spark);
                Circle(36.5, 140, 9, spark);
                break;
            case "steps":
                shapes.Add(Shape.Area([(86, 148), (86, 132), (104, 132), (104, 116), (122, 116), (122, 100), (140, 100), (140, 84), (154, 84), (154, 148)], dark));
                shapes.Add(Shape.Disc(99, 98, 9, spark));
                break;
            default:
                shapes.Add(Shape.Area(Arch(28), dark));
                shapes.Add(Shape.Area(Arch(13), pale));
                shapes.Add(Shape.Disc(Centre, 142, 8.5, spark));
                break;
        }
    }

    private void Circle(double distance, double turn, double radius, Colour colour)
    {
        var (x, y) = Turned(0, -distance, turn);
        shapes.Add(Shape.Disc(Centre + x, Centre + y, radius, colour));
    }

    private static (double X, double Y)[] Arch(double half) =>
        [(Centre - half, 150), .. Enumerable.Range(0, 25).Select(i => (Centre - (half * Math.Cos(Math.PI * i / 24)), 122 - (half * Math.Sin(Math.PI * i / 24)))), (Centre + half, 150)];

    private static Shape Petal(double x, double y, double from, double to, double width, double turn, Colour colour) => Shape.Area(
        [.. Enumerable.Range(0, 24).Select(i =>
        {
            var along = i < 12 ? i / 12.0 : (24 - i) / 12.0;
            var (dx, dy) = Turned((i < 12 ? 1 : -1) * width * Math.Sin(Math.PI * along), -(from + ((to - from) * along)), turn);
            return (x + dx, y + dy);
        })], colour);

    private static Shape Bar(double x, double y, double width, double length, Colour colour, double turn)
    {
        (double X, double Y)[] corners = [(-width / 2, -length / 2), (width / 2, -length / 2), (width / 2, length / 2), (-width / 2, length / 2)];
        return Shape.Area([.. corners.Select(c => Turned(c.X, c.Y, turn)).Select(c => (x + c.X, y + c.Y))], colour);
    }

    private static (double X, double Y) Turned(double x, double y, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return ((x * cos) - (y * sin), (x * sin) + (y * cos));
    }
}

/// <summary>A disc, or the area inside a polygon, in one colour.</summary>
internal sealed record Shape((double X, double Y)[] Points, double Radius, Colour Colour)
{
    public static Shape Disc(double x, double y, double radius, Colour colour) => new([(x, y)], radius, colour);

    public static Shape Area((double X, double Y)[] points, Colour colour) => new(points, 0, colour);

    /// <summary>The rectangle that holds it.</summary>
    public (double Left, double Top, double Right, double Bottom) Box =>
        (Points.Min(p => p.X) - Radius, Points.Min(p => p.Y) - Radius, Points.Max(p => p.X) + Radius, Points.Max(p => p.Y) + Radius);

    private bool Holds(double x, double y)
    {
        if (Radius > 0)
            return ((x - Points[0].X) * (x - Points[0].X)) + ((y - Points[0].Y) * (y - Points[0].Y)) <= Radius * Radius;
        var inside = false;
        for (int i = 0, j = Points.Length - 1; i < Points.Length; j = i++)
            if (Points[i].Y > y != Points[j].Y > y && x < ((Points[j].X - Points[i].X) * (y - Points[i].Y) / (Points[j].Y - Points[i].Y)) + Points[i].X)
                inside = !inside;
        return inside;
    }

    /// <summary>Which part of a square is inside, in so many ways in each direction: from 0 to <paramref name="samples"/> squared.</summary>
    public int Covers(double x, double y, double side, int samples)
    {
        if (Radius > 0)
        {
            // Most squares are wholly inside or outside.
            var (dx, dy) = (x + (side / 2) - Points[0].X, y + (side / 2) - Points[0].Y);
            var distance = Math.Sqrt((dx * dx) + (dy * dy));
            if (Math.Abs(distance - Radius) > side)
                return distance < Radius ? samples * samples : 0;
        }

        var covered = 0;
        for (var i = 0; i < samples * samples; i++)
            if (Holds(x + (side * ((i % samples) + 0.5) / samples), y + (side * ((i / samples) + 0.5) / samples)))
                covered++;
        return covered;
    }

    public string Svg() => Radius > 0
        ? $"""<circle cx="{Number(Points[0].X)}" cy="{Number(Points[0].Y)}" r="{Number(Radius)}" fill="{Colour}"/>"""
        : $"""<path d="M{string.Join('L', Points.Select(p => $"{Number(p.X)} {Number(p.Y)}"))}z" fill="{Colour}"/>""";

    private static string Number(double n) => n.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A colour of sRGB.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>From OKLCH (Björn Ottosson, 2020), as the design gives its hues; what sRGB cannot show is cut off.</summary>
    /// <param name="lightness">0 to 1.</param>
    /// <param name="hue">Degrees.</param>
    public static Colour Of(double lightness, double chroma, double hue)
    {
        var (sin, cos) = Math.SinCos(hue * Math.PI / 180);
        var (a, b) = (chroma * cos, chroma * sin);
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return new(
            Shown((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Shown((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Shown((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static byte Shown(double linear)
    {
        var light = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (light <= 0.0031308 ? 12.92 * light : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055));
    }
}
