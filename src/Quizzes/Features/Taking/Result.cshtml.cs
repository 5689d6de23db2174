using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>What an attempt was worth. The first page on which anything that is right leaves the server.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ResultModel(QuestionHtml words, ResultHtml results) : ModulePage
{
    public AttemptShown Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string course, string run, string item, Guid id)
    {
        Shown = await Send(new AttemptQuery(new(course, run, item), id, Me));
        return Shown.Attempt.IsOpen ? LocalRedirect(Shown.Link) : Page();
    }

    public string Points(decimal points) => words.Points(points);

    public string Section(int question)
    {
        var held = Shown.Attempt.Held[question]!;
        return results.Section(question, Shown.Questions.Count, Shown.Questions[question], Shown.Attempt.Sheet.Questions[question].Order, held.Answer, held.Fraction ?? 0);
    }

    public (string Words, string State) Verdict(int question)
    {
        var held = Shown.Attempt.Held[question]!;
        var (said, _, _, state) = results.Verdict(held.Answer, held.Fraction ?? 0);
        return (said, state);
    }
}
