using System.Globalization;
using System.Text;
using MoocPlatform.Quizzes.Analysis;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>
/// The pictures of an analysis as SVG without words: what they show stands in a table beside them. Drawn on 100 × 100 and stretched.
/// </summary>
internal static class AnalysisCharts
{
    /// <summary>Columns of how many attempts scored how much.</summary>
    public static string Histogram(IReadOnlyList<int> bins)
    {
        var most = Math.Max(1, bins.Max());
        var svg = Open(new StringBuilder());
        for (var i = 0; i < bins.Count; i++)
        {
            var (width, height) = (100d / bins.Count, 100d * bins[i] / most);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"column\" x=\"{(i * width) + 0.6:0.##}\" y=\"{100 - height:0.##}\" width=\"{width - 1.2:0.##}\" height=\"{height:0.##}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>How many of each quarter were right (line) and chose the favourite wrong answer (dashes), the best quarter on the left.</summary>
    public static string Quarters(QuestionAnalysis question)
    {
        var svg = Open(new StringBuilder());
        if (Right(question) is { } right)
            svg.Append("<path class=\"line\" d=\"").Append(Line(right, question.Quarters)).Append("\"/>");
        if (Favourite(question) is { } wrong)
            svg.Append("<path class=\"line-2\" d=\"").Append(Line(wrong.ByQuarter, question.Quarters)).Append("\"/>");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The wrong answer that most gave; null: nobody gave one.</summary>
    public static ResponseCount? Favourite(QuestionAnalysis question) =>
        question.Responses.Where(r => r.Worth <= 0 && r.Count > 0 && r.Kind is not ResponseKind.Nothing).MaxBy(r => r.Count);

    /// <summary>A bar of 0 to 100 percent.</summary>
    public static string Bar(double percent) => string.Create(CultureInfo.InvariantCulture,
        $"<svg class=\"bar\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"rest\" width=\"100\" height=\"12\"/><rect width=\"{Math.Clamp(percent, 0, 100):0.#}\" height=\"12\"/></svg>");

    private static IReadOnlyList<int>? Right(QuestionAnalysis question)
    {
        var right = question.Responses.Where(r => r.Worth > 0).ToList();
        return right.Count == 0 ? null : right.MaxBy(r => (r.Worth, r.Count))!.ByQuarter;
    }

    private static string Line(IReadOnlyList<int> counts, IReadOnlyList<int> of) => string.Join(' ', counts.Select((c, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{i * 100d / (counts.Count - 1):0.##} {100 - AnalysisModel.Share(c, of[i]):0.##}")));

    private static StringBuilder Open(StringBuilder svg)
    {
        svg.Append("<svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        foreach (var y in new[] { 0, 50, 100 })
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid-line\" x1=\"0\" x2=\"100\" y1=\"{y}\" y2=\"{y}\"/>");
        return svg;
    }
}
