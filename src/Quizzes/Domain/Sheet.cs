using System.Text.Json.Serialization;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>What was handed out: frozen at the start of an attempt.</summary>
/// <param name="Pass">Percent of the points needed.</param>
/// <param name="Tries">At each question, when feedback is interactive.</param>
/// <param name="Penalty">Percent of a question's points that each wrong try costs.</param>
/// <param name="Hold">Until when the score is told to nobody.</param>
internal sealed record Sheet(
    int Seed, int Pass, IReadOnlyList<SheetQuestion> Questions, FeedbackMode Feedback = FeedbackMode.Deferred, int Tries = 1, decimal Penalty = 0, ScoreHold Hold = ScoreHold.Never)
{
    /// <summary>The same sheet with another version of a question.</summary>
    public Sheet With(int question, Guid version) => this with { Questions = [.. Questions.Select((q, i) => i == question ? q with { Version = version } : q)] };

    public static Sheet Deal(int seed, Quiz quiz, IReadOnlyList<AskedQuestion> questions)
    {
        var random = new Random(seed);
        return new(
            seed, quiz.Pass, [.. questions.Select(q => new SheetQuestion(q.Version, q.Body.Deal(random, quiz.Shuffle), q.Body.Draw(random)) { Slot = q.Slot, Points = q.Slot is null ? null : q.Body.Points })],
            quiz.Feedback, quiz.Tries, quiz.Penalty, quiz.Review.Hold);
    }
}

/// <summary>A question of the sheet.</summary>
/// <param name="Order">Options: place on the page → place in the question.</param>
/// <param name="Drawn">The values of its variables; null: it has none.</param>
internal sealed record SheetQuestion(
    Guid Version, IReadOnlyList<int> Order, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<decimal>? Drawn = null)
{
    /// <summary>The name of the place for which the question was drawn; null: everybody has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slot { get; init; }

    /// <summary>What it is worth in this attempt, because its place says so; null: what its version says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Points { get; init; }
}
