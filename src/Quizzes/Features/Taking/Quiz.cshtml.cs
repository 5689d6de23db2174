using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>What a quiz is, what was done in it, and the button that starts an attempt.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class QuizModel(QuestionHtml words, TimeProvider clock) : ModulePage
{
    public QuizShown Shown { get; private set; } = null!;

    /// <summary>Of the attempt that the button starts.</summary>
    public Guid Key { get; } = clock.NewKey();

    public Task OnGetAsync(string course, string run, string item) => Load(new(course, run, item));

    public Task<IActionResult> OnPostAsync(string course, string run, string item, Guid key)
    {
        var address = new QuizAddress(course, run, item);
        return Do(new StartAttempt(address, key, Me), attempt => LocalRedirect(Contracts.QuizLinks.Attempt(course, run, item, attempt)), () => Load(address));
    }

    public string Points(decimal points) => words.Points(points);

    public string Policy(GradePolicy policy) => policy switch
    {
        GradePolicy.First => Texts["The first attempt counts"],
        GradePolicy.Last => Texts["The last attempt counts"],
        GradePolicy.Average => Texts["The average of your attempts counts"],
        _ => Texts["The best attempt counts"],
    };

    private async Task Load(QuizAddress address) => Shown = await Send(new QuizQuery(address, Me));
}
