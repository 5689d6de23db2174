using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Features.Marking;

/// <summary>One attempt for the team: the answers, what was changed, and the forms that set points by hand.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class MarkAttemptModel(ResultHtml results, TimeProvider clock) : ModulePage
{
    public MarkedAttempt Shown { get; private set; } = null!;

    public Attempt Attempt => Shown.Open.Attempt;

    public Guid NewKey() => clock.NewKey();

    public Task OnGetAsync(string course, string run, string item, Guid id) => Load(new(course, run, item), id);

    public Task<IActionResult> OnPostAsync(string course, string run, string item, Guid id, Guid key, int? question, string? points, string? why)
    {
        var address = new QuizAddress(course, run, item);
        var typed = string.IsNullOrWhiteSpace(points) ? (decimal?)null : NumberReading.Read(points.Trim(), CultureInfo.CurrentCulture, null) ?? -1;
        return Do(new MarkAttempt(address, TeamMember.Of(User), id, key, question, typed, why), _ =>
        {
            Tell("The points are set. The learner is told.");
            return LocalRedirect(Contracts.QuizLinks.Marking(course, run, item, id));
        }, () => Load(address, id));
    }

    public string Points(decimal points) => QuestionHtml.Show(Math.Round(points, 2));

    public string Section(int question)
    {
        var held = Attempt.Held[question]!;
        return results.Section(question, Shown.Open.Questions.Count, Shown.Open.Questions[question], Attempt.Sheet.Questions[question].Order, held.Answer, held.Fraction ?? 0);
    }

    private async Task Load(QuizAddress address, Guid id) => Shown = await Send(new MarkingQuery(address, TeamMember.Of(User), id));
}
