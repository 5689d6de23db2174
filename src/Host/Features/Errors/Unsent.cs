using Microsoft.AspNetCore.Diagnostics;

namespace MoocPlatform.Host.Features.Errors;

/// <summary>
/// A form that came after its session had ended. Going to the sign-in page would lose what was written, so the page that says so holds it:
/// the same person, signed in again, sends it once more with the token it had. Nothing of it is kept here.
/// </summary>
/// <param name="Address">Where it was sent to.</param>
internal sealed record Unsent(string Address, IReadOnlyList<(string Name, string Value)> Fields)
{
    private const string Token = "__RequestVerificationToken";

    /// <summary>Null: no form, one without anything written in it, one with files or a password, or a script's.</summary>
    public static async Task<Unsent?> Of(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.Headers.XRequestedWith == "XMLHttpRequest")
            return null;
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }

        if (form.Files.Count > 0 || form.Keys.All(k => k == Token) || form.Keys.Any(k => k.Contains("password", StringComparison.OrdinalIgnoreCase)))
            return null;
        var first = context.Features.Get<IStatusCodeReExecuteFeature>();
        var address = first is null ? request.Path + request.QueryString : first.OriginalPath + first.OriginalQueryString;
        return new Unsent(address, [.. form.SelectMany(f => f.Value.Select(v => (f.Key, v ?? "")))]);
    }
}
