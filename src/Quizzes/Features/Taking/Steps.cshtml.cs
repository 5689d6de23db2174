using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>Where the script of an attempt sends answers as they are given. Says how many are held and what numbers were read as, never what is right.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class StepsModel : ModulePage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    public IActionResult OnGet() => throw new NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, Guid page, string steps)
    {
        if (Read(steps) is not { } sent || page == Guid.Empty)
            return BadRequest();
        try
        {
            return new JsonResult(await Send(new KeepSteps(id, Me, page, sent, CultureInfo.CurrentCulture)));
        }
        catch (Refused refused)
        {
            return new JsonResult(new { refused = Reader.Say(refused, GetType().Assembly) }) { StatusCode = 422 };
        }
    }

    private static List<SentStep>? Read(string steps)
    {
        try
        {
            return JsonSerializer.Deserialize<List<SentStep?>>(steps, Json)?.OfType<SentStep>().Where(s => s is { Values: not null, Sequence: > 0 }).ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
