using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>What an attempt was worth. The first page on which anything that is right leaves the server.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ResultModel(QuestionHtml words, ResultHtml results) : ModulePage
{
    public AttemptShown Shown { get; private set; } = null!;

    /// <summary>What may be seen of the result now.</summary>
    public Seen Seen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string course, string run, string item, Guid id)
    {
        Shown = await Send(new AttemptQuery(new(course, run, item), id, Me));
        if (Shown.Attempt.IsOpen)
            return LocalRedirect(Shown.Link);
        Seen = Shown.SeenAt(Reader.Now);
        return Page();
    }

    public string Points(decimal points) => words.Points(points);

    public string Section(int question)
    {
        var held = Shown.Attempt.Held[question]!;
        return results.Section(question, Shown.Questions.Count, Shown.Questions[question], Shown.Attempt.Sheet.Questions[question].Order, held.Answer, held.Fraction ?? 0, Seen);
    }

    public (string Words, string State) Verdict(int question)
    {
        var held = Shown.Attempt.Held[question]!;
        if (!Seen.HasFlag(Seen.Correct))
            return held.Answer is null ? (Texts["Not answered"].Value, "") : (Texts["Answered"].Value, "answered");
        var (said, _, _, state) = results.Verdict(held.Answer, held.Fraction ?? 0);
        return (said, state);
    }
}
