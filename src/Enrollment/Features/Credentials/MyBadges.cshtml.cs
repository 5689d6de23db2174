using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

[Authorize(Policies.SignedIn)]
internal sealed class MyBadgesModel : ModulePage
{
    public IReadOnlyList<CredentialCard> Badges { get; private set; } = [];

    public async Task OnGetAsync() => Badges = await Send(new CredentialsQuery(Me));
}
