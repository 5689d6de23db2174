using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoocPlatform.Quizzes.Grading;

/// <summary>
/// One version of a question, complete and immutable: what is shown and what is right. A type of question is a class derived from
/// this, and nothing else in grading knows the types.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SingleChoice), "single")]
[JsonDerivedType(typeof(MultipleChoice), "multiple")]
[JsonDerivedType(typeof(Numeric), "numeric")]
[JsonDerivedType(typeof(ShortText), "short")]
internal abstract record QuestionBody
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it never leaves the database
    };

    /// <summary>Safe HTML.</summary>
    public required string Prompt { get; init; }

    public required decimal Points { get; init; }

    /// <summary>Shown to everybody after submitting; safe HTML. Null: none.</summary>
    public string? Feedback { get; init; }

    /// <summary>Shown one by one to who asks for them; safe HTML.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>How many things are shown in an order that may be shuffled.</summary>
    [JsonIgnore]
    public virtual int Shuffled => 0;

    /// <summary>Whether part of the points can be had.</summary>
    [JsonIgnore]
    public abstract bool PartlyRightCounts { get; }

    /// <summary>Reads what a form sends. Null: no answer.</summary>
    /// <param name="fields">The values of the question's fields; nothing is promised about them.</param>
    /// <param name="order">The order in which the options were shown: place on the page → place in the question.</param>
    /// <param name="culture">In which numbers are read.</param>
    public abstract Answer? Read(IReadOnlyList<string> fields, IReadOnlyList<int> order, CultureInfo culture);

    /// <summary>Grades an answer. Called through <see cref="Grader.Grade"/> only.</summary>
    public abstract Mark Grade(Answer answer);

    public string Keep() => JsonSerializer.Serialize(this, Json);

    public static QuestionBody Of(string kept) => JsonSerializer.Deserialize<QuestionBody>(kept, Json)!;

    /// <summary>What was typed, without the spaces around it and at most so long; null when nothing was.</summary>
    protected static string? Typed(IReadOnlyList<string> fields)
    {
        var text = fields.Count == 0 ? "" : fields[0].Trim();
        return text.Length switch { 0 => null, > Answer.LongestText => text[..Answer.LongestText], _ => text };
    }

    /// <summary>Places on the page as places in the question; what is none is left out.</summary>
    protected static List<int> Places(IReadOnlyList<string> fields, IReadOnlyList<int> order) =>
    [
        .. fields.Select(f => int.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < order.Count ? order[place] : -1)
            .Where(p => p >= 0).Distinct().Order(),
    ];
}

/// <summary>
/// The grading of everything: a pure function of a question's version and an answer. Deterministic, the same in every culture,
/// no input or output, no exception for any answer.
/// </summary>
internal static class Grader
{
    /// <summary>Grades an answer; null is no answer.</summary>
    public static Mark Grade(QuestionBody question, Answer? answer)
    {
        if (answer is null)
            return Mark.Nothing;
        var mark = question.Grade(answer);
        return mark with { Fraction = Math.Clamp(mark.Fraction, 0m, 1m) };
    }

    /// <summary>
    /// Points of an attempt, to four places. The parts are added exactly and rounded once, so that three thirds are a whole.
    /// </summary>
    public static decimal Score(IEnumerable<(QuestionBody Question, decimal Fraction)> marks) =>
        Math.Round(marks.Sum(m => m.Question.Points * m.Fraction), 4, MidpointRounding.AwayFromZero);
}
