using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Features.Errors;

/// <summary>
/// What a person reads when something cannot be had: the reason, what became of what they sent, and the way on. The same page answers
/// every status and method, and says nothing about the inside.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[DisableRateLimiting]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ErrorPage(Reader reader, IStringLocalizer<Text> text) : PageModel
{
    public string Heading { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    /// <summary>What became of what was sent; null when nothing was.</summary>
    public string? Keep { get; private set; }

    /// <summary>The number under which the log speaks of it; only for our own faults.</summary>
    public string? RequestId { get; private set; }

    /// <summary>What was sent by somebody whose session had ended: shown again, to be sent once more. Null: nothing.</summary>
    public Unsent? Unsent { get; private set; }

    public string Tone { get; private set; } = "caution";

    public string Icon => Tone == "critical" ? "warning" : "info";

    public Task<IActionResult> OnGetAsync() => Show();

    public Task<IActionResult> OnPostAsync() => Show();

    private async Task<IActionResult> Show()
    {
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerFeature>() is null)
            Response.StatusCode = StatusCodes.Status404NotFound; // somebody typed the address of this page

        var status = await Mishap.Settle(HttpContext);
        (Heading, Sentence) = status switch
        {
            404 => (text["This page does not exist"], text["The address may be mistyped, or the page is gone or not open to you."]),
            401 when (Unsent = await Unsent.Of(HttpContext)) is not null => (text["You are signed out"], text["Your session has ended. What you sent is kept on this page: sign in in a new tab, then come back here and send it again."]),
            401 => (text["You are signed out"], text["Sign in to go on."]),
            400 => (text["This form was not accepted"], text["The page was open for a long time, or you signed in or out meanwhile in another tab."]),
            403 => (text["This came from another site"], text["What is written here can only be sent from our own pages."]),
            409 when Mishap.Sentence(HttpContext, reader) is { } refusal => (text["This is not possible"], refusal),
            409 => (text["Somebody else was quicker"], text["The same thing was changed at the same moment. Load the page again to see how it stands now."]),
            413 => (text["This is too big"], text["What you sent is larger than this page takes."]),
            429 => (text["Too many at once"], text["You asked for very much in a short time. Wait a moment and try again."]),
            503 => (text["The site is busy"], text["It cannot save anything right now. Try again in a few seconds."]),
            >= 400 and < 500 => (text["This is not possible"], text["The browser asked for something that this page does not have."]),
            _ => (text["Something went wrong"], text["The fault is ours. It has been written down."]),
        };
        if (status >= 500 && status != 503)
            (Tone, RequestId) = ("critical", HttpContext.TraceIdentifier);
        if (HttpMethods.IsPost(Request.Method) && status != 404 && Unsent is null)
            Keep = text["Nothing was saved. Go back with your browser: what you typed is still there."];

        // Scripts ask for fragments, not for pages.
        return Request.Headers.XRequestedWith == "XMLHttpRequest"
            ? new ContentResult { Content = Sentence, ContentType = "text/plain; charset=utf-8", StatusCode = status }
            : Page();
    }
}
