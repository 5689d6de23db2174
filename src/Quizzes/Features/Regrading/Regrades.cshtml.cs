using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>The team chooses a question to grade anew, sees what was done, and takes it back.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class RegradesModel : ModulePage
{
    public Regrades Shown { get; private set; } = null!;

    public Task OnGetAsync(string course, string run, string item) => Load(new(course, run, item));

    public Task<IActionResult> OnPostUndoAsync(string course, string run, string item, Guid regrade)
    {
        var address = new QuizAddress(course, run, item);
        return Do(new UndoRegrade(address, TeamMember.Of(User), regrade), _ =>
        {
            Tell("The regrade is being taken back. Each learner whose score changes is told.");
            return LocalRedirect(Contracts.QuizLinks.Regrade(course, run, item));
        }, () => Load(address));
    }

    public string Policy(RegradePolicy policy) => Texts[Words(policy)];

    /// <summary>A policy in words, as a key of the texts.</summary>
    public static string Words(RegradePolicy policy) => policy switch
    {
        RegradePolicy.EitherKey => "Either key: the one that gives more",
        RegradePolicy.FullCredit => "All the points for everybody",
        RegradePolicy.NeverLower => "The new key, but nobody loses",
        _ => "The new key, whoever loses by it",
    };

    public string State(RegradeState state) => state switch
    {
        RegradeState.Applying => Texts["Under way"],
        RegradeState.Undoing => Texts["Being taken back"],
        RegradeState.Undone => Texts["Taken back"],
        _ => Texts["Done"],
    };

    private async Task Load(QuizAddress address) => Shown = await Send(new RegradesQuery(address, TeamMember.Of(User)));
}
