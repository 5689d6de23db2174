using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>One file: how it looks, what is said about it, where it is used; other bytes in its place.</summary>
[Authorize(Policies.SignedIn)]
[RequestSizeLimit(ListFilesModel.LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = ListFilesModel.LargestRequest)]
internal sealed class OneFileModel(Shelf shelf) : DeskPage(shelf)
{
    public Asset Asset { get; private set; } = null!;

    public AssetFacts Facts { get; private set; } = AssetFacts.None;

    public IReadOnlyList<FileUse> Uses { get; private set; } = [];

    public async Task OnGetAsync(string name)
    {
        await Load(name);
        Facts = Asset.Facts;
    }

    public async Task<IActionResult> OnPostAsync(string name, string? alt, string? licence, string? author, string? source)
    {
        await Load(name);
        Facts = new(alt ?? "", licence ?? "", author ?? "", source ?? "");
        return await Try(() => new DescribeFile(Course.Id, Writer, name, TypedFacts.Of(alt, licence, author, source)), "Saved.", name);
    }

    public async Task<IActionResult> OnPostReplaceAsync(string name, IFormFile? file)
    {
        await Load(name);
        Facts = Asset.Facts;
        await using var bytes = file?.OpenReadStream() ?? Stream.Null;
        return await Try(
            () => file is { Length: > 0 } ? new ReplaceFile(Course.Id, Writer, name, new(Path.GetFileName(file.FileName), bytes)) : throw Refusals.NoUpload(),
            "Replaced. Every page that shows it shows the new one.", name);
    }

    private async Task<IActionResult> Try(Func<MediatR.IRequest> command, string told, string name)
    {
        try
        {
            await Send(command());
            Tell(told);
            return LocalRedirect(AssetLinks.File(Course.Slug, name));
        }
        catch (Refused refused)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    private async Task Load(string name)
    {
        await Look();
        Asset = Book.Assets.GetValueOrDefault(name) ?? throw new NotFound();
        Uses = [.. (await Send(new FileUsesQuery(Book)))[Asset.Name]];
    }
}
