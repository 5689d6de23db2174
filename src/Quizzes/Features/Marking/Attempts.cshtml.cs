using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;

namespace MoocPlatform.Quizzes.Features.Marking;

/// <summary>Who has tried a quiz, for the team.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AttemptsModel : ModulePage
{
    public AttemptsShown Shown { get; private set; } = null!;

    public async Task OnGetAsync(string course, string run, string item, Guid? before) =>
        Shown = await Send(new AttemptsQuery(new(course, run, item), TeamMember.Of(User), before));
}
