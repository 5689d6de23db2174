using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>A gap: a small question of its own.</summary>
/// <param name="Body">Single, multiple, numeric or short; its prompt is empty.</param>
/// <param name="Weight">Above 0; what it counts beside the other gaps.</param>
/// <param name="Name">The author's word for it: by it a gap is known again in another version.</param>
internal sealed record Gap(QuestionBody Body, decimal Weight = 1, string Name = "");

/// <summary>
/// A text with gaps. In the prompt <see cref="Open"/>, the place of a gap from 0 and <see cref="Close"/> stand where its field stands:
/// characters that nobody types, and never inside a tag.
/// </summary>
internal sealed record Cloze : QuestionBody
{
    public const char Open = '\uE000';

    public const char Close = '\uE001';

    public required IReadOnlyList<Gap> Gaps { get; init; }

    [JsonIgnore]
    public override int Shuffled => Gaps.Sum(g => g.Body.Shuffled);

    [JsonIgnore]
    public override bool PartlyRightCounts => Gaps.Count > 1 || Gaps.Any(g => g.Body.PartlyRightCounts);

    /// <summary>The orders of all gaps, one behind the other.</summary>
    public override int[] Deal(Random random, bool shuffle) => [.. Gaps.SelectMany(g => g.Body.Deal(random, shuffle))];

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture)
    {
        var parts = Parts(fields, Gaps.Count);
        Answer?[] given = [.. Gaps.Select((gap, i) => gap.Body.Read(parts[i], OrderOf(i, order), culture))];
        return given.Any(g => g is not null) ? new Answer { Gaps = given } : null;
    }

    /// <summary>Σ weight × fraction / Σ weight (Moodle's cloze).</summary>
    public override Mark Grade(Answer answer)
    {
        var marks = Gaps.Select((gap, i) => (gap.Weight, Mark: Grader.Grade(gap.Body, Given(answer, i)))).ToList();
        var weights = marks.Sum(m => m.Weight);
        return new(weights == 0 ? 0 : marks.Sum(m => m.Weight * m.Mark.Fraction) / weights, [.. marks.SelectMany(m => m.Mark.Feedback)]);
    }

    /// <summary>The answer of a gap; null: none.</summary>
    public static Answer? Given(Answer? answer, int gap) => answer?.Gaps is { } gaps && gap < gaps.Count ? gaps[gap] : null;

    /// <summary>The part of the question's order that belongs to a gap.</summary>
    public IReadOnlyList<int> OrderOf(int gap, IReadOnlyList<int> order) =>
        [.. order.Skip(Gaps.Take(gap).Sum(g => g.Body.Shuffled)).Take(Gaps[gap].Body.Shuffled)];
}
