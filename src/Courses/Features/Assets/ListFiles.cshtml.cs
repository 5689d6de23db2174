using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>The files of a course: what is there, what is used, what lacks words. POST takes one in, by form or for the editor (JSON).</summary>
[Authorize(Policies.SignedIn)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
internal sealed class ListFilesModel(Shelf shelf) : DeskPage(shelf)
{
    /// <summary>Above the largest file, so that one that is somewhat too large is refused in words and not by a broken line.</summary>
    public const long LargestRequest = 4 * AssetType.LongestFile;

    public const int OnePage = 100;

    /// <summary><c>unused</c>, <c>unsaid</c> (pictures without alternative text), or null: all.</summary>
    public string? Show { get; private set; }

    public IReadOnlyList<Asset> Files { get; private set; } = [];

    /// <summary>Where the next page begins; null: this is the last.</summary>
    public string? Next { get; private set; }

    public ILookup<string, FileUse> Uses { get; private set; } = null!;

    public int Unused { get; private set; }

    public int Unsaid { get; private set; }

    public long Bytes { get; private set; }

    public AssetFacts Facts { get; private set; } = AssetFacts.None;

    public async Task OnGetAsync(string? show, string? after)
    {
        Show = show is "unused" or "unsaid" ? show : null;
        await Load(after);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, string? alt, string? licence, string? author, string? source, bool decorative)
    {
        var json = Request.GetTypedHeaders().Accept.Any(a => a.MatchesMediaType("application/json") && !a.MatchesAllTypes);
        Facts = new(alt ?? "", licence ?? "", author ?? "", source ?? "");
        try
        {
            if (file is not { Length: > 0 })
                throw Refusals.NoUpload();
            var facts = TypedFacts.Of(alt, licence, author, source);
            await using var bytes = file.OpenReadStream();
            var brought = new Brought(Path.GetFileName(file.FileName), bytes);
            // Who pastes a picture into a text says there what it shows; here it is asked for.
            if (!json && facts.Alt.Length == 0 && !decorative && brought.ContentType().StartsWith("image/", StringComparison.Ordinal))
                throw Refusals.AltMissing();
            var asset = await Send(new BringFile(Course.Id, Writer, brought, facts));
            if (json)
                return new JsonResult(new { path = "assets/" + asset.Name, alt = asset.Alt });
            Tell("{0} is here.", asset.Name);
            return LocalRedirect(AssetLinks.File(Course.Slug, asset.Name));
        }
        catch (Refused refused)
        {
            var message = Reader.Say(refused, GetType().Assembly);
            if (json)
                return new JsonResult(new { message, field = refused.Field }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
            ModelState.AddModelError(refused.Field ?? "", message);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await Load(null);
            return Page();
        }
    }

    private async Task Load(string? after)
    {
        await Look();
        Uses = await Send(new FileUsesQuery(Book));
        var all = Book.Assets.Values.OrderBy(a => a.Name, StringComparer.Ordinal).ToList();
        (Unused, Unsaid, Bytes) = (all.Count(IsUnused), all.Count(IsUnsaid), all.Sum(a => a.Length));
        var shown = all.Where(a => Show switch { "unused" => IsUnused(a), "unsaid" => IsUnsaid(a), _ => true }).Where(a => after is null || string.CompareOrdinal(a.Name, after) > 0).Take(OnePage + 1).ToList();
        Files = [.. shown.Take(OnePage)];
        Next = shown.Count > OnePage ? Files[^1].Name : null;
    }

    public bool IsUnused(Asset asset) => !Uses.Contains(asset.Name);

    public static bool IsUnsaid(Asset asset) => asset is { IsPicture: true, Alt: "" };
}
