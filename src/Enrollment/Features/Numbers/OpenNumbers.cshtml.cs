using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>What everyone may know of a course in numbers.</summary>
[AllowAnonymous]
[KeptForVisitors]
internal sealed class OpenNumbersModel : ModulePage
{
    public OpenNumbers Open { get; private set; } = null!;

    public async Task OnGetAsync(string course) => Open = await Send(new OpenNumbersQuery(course)) ?? throw new NotFound();

    /// <summary>A number, or that it is too small to be told.</summary>
    public string Say(int? number) => number is { } known ? known.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture) : Texts["fewer than 5"];
}
