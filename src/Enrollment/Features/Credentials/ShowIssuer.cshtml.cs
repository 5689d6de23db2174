using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Who issues the badges of this site, and with which keys.</summary>
[AllowAnonymous]
internal sealed class ShowIssuerModel(SigningKeys keys, Site site) : ModulePage
{
    public IReadOnlyList<SigningKey> Keys { get; private set; } = [];

    public Site Site => site;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var (form, type) = Representation.Asked(Request, Form.Json);
        if (form == Form.Json)
            return new Answer(Representation.Open(HttpContext, Json.Text(await keys.Issuer(ct)), type));
        Keys = await keys.All(ct);
        return Page();
    }
}
