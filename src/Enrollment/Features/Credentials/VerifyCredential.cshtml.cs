using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Where anyone checks a badge: a file, or a text that is pasted. Nothing of it is kept.</summary>
[AllowAnonymous]
internal sealed class VerifyCredentialModel(Checking checking) : ModulePage
{
    public Verdict? Verdict { get; private set; }

    public string? Pasted { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? text, IFormFile? file, CancellationToken ct)
    {
        Pasted = text;
        try
        {
            var bytes = file is { Length: > 0 } ? await Bytes(file, ct) : Encoding.UTF8.GetBytes(text ?? "");
            if (bytes.Length == 0)
                throw Domain.Refusals.NothingToCheck();
            if (bytes.Length > Checking.LongestFile)
                throw Domain.Refusals.TooLongToCheck(Checking.LongestFile / 1024);
            Verdict = await checking.Check(bytes, ct);
        }
        catch (Refused refused)
        {
            ModelState.AddModelError("", Reader.Say(refused, GetType().Assembly));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    private static async Task<byte[]> Bytes(IFormFile file, CancellationToken ct)
    {
        if (file.Length > Checking.LongestFile)
            throw Domain.Refusals.TooLongToCheck(Checking.LongestFile / 1024);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }
}
