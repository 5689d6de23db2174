using System.Globalization;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>Something to find the answer to.</summary>
/// <param name="Html">Safe HTML without a paragraph around it.</param>
/// <param name="Answer">Place of the right one among the answers.</param>
/// <param name="Feedback">Shown with the pair after submitting; safe HTML. Null: none.</param>
internal sealed record Pair(string Html, int Answer, string? Feedback = null);

/// <summary>Each of several things gets one of the answers. Several may have the same; some may belong to none.</summary>
internal sealed record Matching : QuestionBody
{
    public required IReadOnlyList<Pair> Pairs { get; init; }

    /// <summary>What can be chosen: safe HTML, each once.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Whether only all pairs together count.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>False: the answers stand in the author's order; otherwise they are always shuffled, or their order would tell.</summary>
    public bool? Shuffle { get; init; }

    [JsonIgnore]
    public override int Shuffled => Answers.Count;

    [JsonIgnore]
    public override bool PartlyRightCounts => !AllOrNothing && Pairs.Count > 1;

    public override int[] Deal(Random random, bool shuffle) => Mixed(random, Answers.Count, Shuffle ?? true);

    public override Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture)
    {
        int[] chosen = [.. Parts(fields, Pairs.Count).Select(part => Places([.. part.Take(1)], order) is [var place] ? place : -1)];
        return chosen.Any(c => c >= 0) ? new Answer { Places = chosen } : null;
    }

    /// <summary>Right pairs / pairs (Moodle's matching).</summary>
    public override Mark Grade(Answer answer)
    {
        var right = Pairs.Where((pair, i) => Chosen(answer, i) == pair.Answer).Count();
        var fraction = AllOrNothing ? (right == Pairs.Count ? 1 : 0) : (decimal)right / Math.Max(1, Pairs.Count);
        return new(fraction, [.. Pairs.Where((_, i) => Chosen(answer, i) >= 0).Select(p => p.Feedback).OfType<string>()]);
    }

    /// <summary>The place of the answer that was given to a pair; −1: none.</summary>
    public static int Chosen(Answer? answer, int pair) => answer?.Places is { } places && pair < places.Count ? places[pair] : -1;
}
