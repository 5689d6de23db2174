namespace MoocPlatform.Quizzes.Analysis;

/// <summary>Something that the team may do about a question. The words are an English format string, the key of its translations.</summary>
/// <param name="Slot">Place of the question in the quiz, from 1.</param>
internal sealed record Advice(Guid Question, int Slot, AdviceTone Tone, string Words, IReadOnlyList<object> Arguments);

internal enum AdviceTone
{
    /// <summary>Look at it now: it may give wrong marks.</summary>
    Wrong,

    /// <summary>It could be better.</summary>
    Better,
}

/// <summary>Says in words what the figures of a quiz mean. Pure; says nothing where chance alone could have made the figures.</summary>
internal static class Advisor
{
    /// <summary>With fewer attempts at a question chance is as likely a reason as any.</summary>
    public const int Least = 20;

    public static IReadOnlyList<Advice> Of(QuizAnalysis quiz) =>
        [.. quiz.Questions.Where(q => q.Attempts >= Least).SelectMany(Of).OrderBy(a => a.Tone).ThenBy(a => a.Slot)];

    private static IEnumerable<Advice> Of(QuestionAnalysis question)
    {
        var key = WrongKey(question);
        if (key is not null)
            yield return key;
        else if (question.Discrimination is < -5)
            yield return Say(question, AdviceTone.Wrong, "Those who do well in the rest do worse here: look for a wrong key or for words that mislead.");
        else if (Separation(question) is { } flat)
            yield return flat;

        foreach (var option in question.Responses.Where(r => r is { Kind: ResponseKind.Option, Worth: <= 0, Count: 0 }))
            yield return Say(question, AdviceTone.Better, "Nobody chose “{0}”: a wrong answer that somebody could believe would tell more.", option.Words);
    }

    // What most of the best quarter chose, more of it than of what is right.
    private static Advice? WrongKey(QuestionAnalysis question)
    {
        var best = question.Quarters[0];
        var options = question.Responses.Where(r => r.Kind == ResponseKind.Option).ToList();
        if (best < Least / 4 || options.Count == 0)
            return null;
        var right = options.Where(r => r.Worth > 0).Select(r => r.ByQuarter[0]).DefaultIfEmpty(0).Max();
        var favourite = options.Where(r => r.Worth <= 0).MaxBy(r => r.ByQuarter[0]);
        return favourite is not null && favourite.ByQuarter[0] * 2 >= best && favourite.ByQuarter[0] > right
            ? Say(question, AdviceTone.Wrong, "“{0}” was chosen by {1} % of the best quarter: the key may be wrong.", favourite.Words, (int)Math.Round(100d * favourite.ByQuarter[0] / best))
            : null;
    }

    private static Advice? Separation(QuestionAnalysis question) => question switch
    {
        { Facility: >= 95 } => Say(question, AdviceTone.Better, "Nearly everybody gets this right: it separates nobody. Good as a start, otherwise ask for more."),
        { Facility: <= 5 } => Say(question, AdviceTone.Better, "Nearly nobody gets this right: it separates nobody. Was it taught, and is it clear what is asked?"),
        { Discrimination: < 10 } or { Discrimination: null } =>
            Say(question, AdviceTone.Better, "This question separates nobody: those who do well in the rest and those who do not answer it alike."),
        { RandomGuess: { } guess and > 0, Facility: { } facility } when facility < guess + 5 =>
            Say(question, AdviceTone.Better, "The answers are hardly better than guessing."),
        _ => null,
    };

    private static Advice Say(QuestionAnalysis question, AdviceTone tone, string words, params IReadOnlyList<object> arguments) =>
        new(question.Question, question.Slot, tone, words, arguments);
}
