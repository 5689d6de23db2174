using System.Globalization;
using System.Text;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>Pictures of numbers as SVG without words: what they show stands in a table beside them. Drawn on 100 × 100 and stretched.</summary>
internal static class NumberCharts
{
    /// <summary>How many had joined by each day, from the first day to <paramref name="until"/>.</summary>
    public static string Growth(IReadOnlyList<DayCount> joined, DateOnly until)
    {
        var (first, all) = (joined[0].Day, joined.Sum(j => j.Count));
        var days = Math.Max(1, until.DayNumber - first.DayNumber);
        var path = new StringBuilder();
        var sum = 0;
        foreach (var day in joined)
        {
            var x = 100d * Math.Min(days, day.Day.DayNumber - first.DayNumber) / days;
            Point(path, x, 100 - (100d * sum / all));
            Point(path, x, 100 - (100d * (sum += day.Count) / all));
        }

        Point(path, 100, 0);
        return Open().Append("<path class=\"area\" d=\"").Append(path).Append(" L100 100 L0 100 Z\"/><path class=\"line\" d=\"").Append(path).Append("\"/></svg>").ToString();
    }

    public static string Columns(IReadOnlyList<int> counts)
    {
        var svg = Open();
        var most = Math.Max(1, counts.Max());
        var width = 100d / counts.Count;
        foreach (var (i, count) in counts.Index())
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"column\" x=\"{(i * width) + (width * .06):0.##}\" y=\"{100 - (100d * count / most):0.##}\" width=\"{width * .88:0.##}\" height=\"{100d * count / most:0.##}\"/>");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A bar of <paramref name="part"/> of <paramref name="whole"/>.</summary>
    public static string Bar(int part, int whole) => string.Create(CultureInfo.InvariantCulture,
        $"<svg class=\"bar\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"rest\" width=\"100\" height=\"12\"/><rect width=\"{(whole == 0 ? 0 : Math.Clamp(100d * part / whole, 0, 100)):0.#}\" height=\"12\"/></svg>");

    private static StringBuilder Open()
    {
        var svg = new StringBuilder("<svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        foreach (var y in new[] { 0, 50, 100 })
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid-line\" x1=\"0\" x2=\"100\" y1=\"{y}\" y2=\"{y}\"/>");
        return svg;
    }

    private static void Point(StringBuilder path, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "M" : " L")}{x:0.##} {y:0.##}");
}
