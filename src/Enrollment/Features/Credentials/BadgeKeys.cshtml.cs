using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>The keys of the site, for who runs it.</summary>
[Authorize(Policies.Admin)]
internal sealed class BadgeKeysModel(SigningKeys keys) : ModulePage
{
    public IReadOnlyList<SigningKey> Keys { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Keys = await keys.All(ct);

    public async Task<IActionResult> OnPostAsync()
    {
        await Send(new RotateKeys());
        Tell("New badges are signed with new keys. What was signed before stays valid.");
        return LocalRedirect("/admin/badges");
    }
}

/// <summary>New keys sign from now on.</summary>
internal sealed record RotateKeys : IRequest;

internal sealed class RotateKeysHandler(SigningKeys keys) : IRequestHandler<RotateKeys, Unit>
{
    public async Task<Unit> Handle(RotateKeys request, CancellationToken cancellationToken)
    {
        await keys.Rotate(cancellationToken);
        return Unit.Value;
    }
}
