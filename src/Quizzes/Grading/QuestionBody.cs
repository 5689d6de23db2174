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
[JsonDerivedType(typeof(TrueFalse), "truefalse")]
[JsonDerivedType(typeof(Matching), "matching")]
[JsonDerivedType(typeof(Ordering), "ordering")]
[JsonDerivedType(typeof(Cloze), "cloze")]
[JsonDerivedType(typeof(Formula), "formula")]
[JsonDerivedType(typeof(Draw), "draw")]
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

    /// <summary>How many questions of an attempt it becomes, each worth <see cref="Points"/>.</summary>
    [JsonIgnore]
    public virtual int Asked => 1;

    /// <summary>Whether part of the points can be had.</summary>
    [JsonIgnore]
    public abstract bool PartlyRightCounts { get; }

    /// <summary>The order in which things are shown in one attempt: place on the page → place in the question.</summary>
    /// <param name="random">Seeded by the attempt.</param>
    /// <param name="shuffle">What the quiz says; a question may know better.</param>
    public virtual int[] Deal(Random random, bool shuffle) => [.. Enumerable.Range(0, Shuffled)];

    /// <summary>The values of this attempt's variables, in their order; null: the question has none.</summary>
    public virtual IReadOnlyList<decimal>? Draw(Random random) => null;

    /// <summary>The question as it is asked with these values.</summary>
    public virtual QuestionBody Drawn(IReadOnlyList<decimal>? values) => this;

    /// <summary>Reads what a form sends. Null: no answer.</summary>
    /// <param name="fields">
    /// The values of the question's fields; nothing is promised about them. A question that has several fields, named
    /// <c>q1.0</c>, <c>q1.1</c>, …, gets each value with its field before it: <c>0=value</c>.
    /// </param>
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

    /// <summary>The values of each of several fields.</summary>
    protected static List<string>[] Parts(IReadOnlyList<string> fields, int count)
    {
        var parts = new List<string>[count];
        for (var i = 0; i < count; i++)
            parts[i] = [];
        foreach (var field in fields)
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && int.TryParse(field.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part < count)
                parts[part].Add(field[(equals + 1)..]);
        }

        return parts;
    }

    /// <summary>An order in which what is pinned keeps its place; as the author wrote it when nothing is to be shuffled.</summary>
    protected static int[] Mixed(Random random, int count, bool shuffle, Func<int, bool>? pinned = null)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (!shuffle)
            return order;
        int[] free = [.. order.Where(i => pinned?.Invoke(i) != true)];
        var drawn = free.ToArray();
        random.Shuffle(drawn);
        for (var i = 0; i < free.Length; i++)
            order[free[i]] = drawn[i];
        return order;
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
        return mark with { Fraction = Math.Round(Math.Clamp(mark.Fraction, 0m, 1m), 20) }; // three thirds are a whole
    }

    /// <summary>
    /// Points of an attempt, to four places. The parts are added exactly and rounded once, so that three thirds are a whole.
    /// </summary>
    public static decimal Score(IEnumerable<(QuestionBody Question, decimal Fraction)> marks) =>
        Math.Round(marks.Sum(m => m.Question.Points * m.Fraction), 4, MidpointRounding.AwayFromZero);
}
