using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Features.Banking;

/// <summary>All questions of a course: tags, versions, where they are asked.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class BankModel : ModulePage
{
    public BankShown Shown { get; private set; } = null!;

    public string? Tag { get; private set; }

    /// <param name="after">The last question of the page before.</param>
    public async Task OnGetAsync(string course, string? tag, Guid? after)
    {
        Tag = tag?.Trim();
        Shown = await Send(new BankQuery(course, Me, User.IsAdmin(), Tag, after));
    }
}
