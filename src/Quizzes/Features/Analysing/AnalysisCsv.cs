using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Quizzes.Analysis;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>
/// Rows of comma-separated values (RFC 4180) as they are read, in UTF-8 with a byte order mark so that spreadsheets know it. Numbers have a
/// decimal point; a text that a spreadsheet would take for a formula has an apostrophe in front.
/// </summary>
internal sealed class CsvFile(string name, IEnumerable<IReadOnlyList<object?>> rows) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();
        response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 8192, leaveOpen: true);
        foreach (var row in rows)
            await writer.WriteAsync(Line(row));
    }

    internal static string Line(IReadOnlyList<object?> row) => string.Join(',', row.Select(Cell)) + "\r\n";

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => Quoted(IsFormula(text) ? "'" + text : text),
        double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(cell.ToString()!),
    };

    // Spaces in front do not hide a formula from every spreadsheet.
    private static bool IsFormula(string text) => text.TrimStart() is ['=' or '+' or '-' or '@', ..];

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n ") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>The figures of an analysis as rows. The names of columns are not translated: programs read them.</summary>
internal static class AnalysisCsv
{
    public static IEnumerable<IReadOnlyList<object?>> Questions(QuizAnalysis analysis, IReadOnlyDictionary<Guid, string> labels)
    {
        yield return
        [
            "slot", "question", "attempts", "points", "facility_percent", "standard_deviation_percent", "random_guess_percent", "intended_weight_percent",
            "effective_weight_percent", "discrimination_index", "discriminative_efficiency_percent",
        ];
        foreach (var q in analysis.Questions)
        {
            yield return
            [
                q.Slot, labels.GetValueOrDefault(q.Question, ""), q.Attempts, q.Points, q.Facility, q.StandardDeviation, q.RandomGuess, q.IntendedWeight,
                q.EffectiveWeight, q.Discrimination, q.Efficiency,
            ];
        }
    }

    public static IEnumerable<IReadOnlyList<object?>> Answers(QuizAnalysis analysis, IReadOnlyDictionary<Guid, string> labels)
    {
        yield return ["slot", "question", "kind", "answer", "worth", "attempts", "best_quarter", "second_quarter", "third_quarter", "last_quarter"];
        foreach (var q in analysis.Questions)
        {
            foreach (var r in q.Responses)
            {
                yield return
                [
                    q.Slot, labels.GetValueOrDefault(q.Question, ""), r.Kind.ToString().ToLowerInvariant(), r.Words, r.Worth, r.Count,
                    r.ByQuarter[0], r.ByQuarter[1], r.ByQuarter[2], r.ByQuarter[3],
                ];
            }
        }
    }
}
