using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>Who would gain and who would lose by a regrade, and the button that does it.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class DryRunModel(TimeProvider clock) : ModulePage
{
    public RegradeOutlook Shown { get; private set; } = null!;

    /// <summary>Of the regrade that the button starts.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    /// <summary>The version whose key was shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public Task OnGetAsync(string course, string run, string item, Guid question, RegradePolicy policy, Guid? after)
    {
        Key = clock.NewKey();
        return Load(new(course, run, item), question, policy, after);
    }

    public Task<IActionResult> OnPostAsync(string course, string run, string item, Guid question, RegradePolicy policy)
    {
        var address = new QuizAddress(course, run, item);
        return Do(new ApplyRegrade(address, TeamMember.Of(User), Key, question, Version, policy, Why), _ =>
        {
            Tell("The attempts are being graded anew. Each learner whose score changes is told.");
            return LocalRedirect(Contracts.QuizLinks.Regrade(course, run, item));
        }, () => Load(address, question, policy, null));
    }

    public string Policy(RegradePolicy policy) => Texts[RegradesModel.Words(policy)];

    public string Points(decimal points) => QuestionHtml.Show(Math.Round(points, 2));

    private async Task Load(QuizAddress address, Guid question, RegradePolicy policy, Guid? after) =>
        Shown = await Send(new DryRunQuery(address, TeamMember.Of(User), question, Enum.IsDefined(policy) ? policy : RegradePolicy.NewKey, after));
}
