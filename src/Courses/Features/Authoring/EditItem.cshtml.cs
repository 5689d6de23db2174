using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Writes a lesson or quiz beside its preview.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditItemModel(Shelf shelf) : DeskPage(shelf)
{
    /// <summary>The item as it is kept.</summary>
    public Item Item { get; private set; } = null!;

    public Preview? Preview { get; private set; }

    /// <summary>Whether somebody saved while this text was written: then both are shown.</summary>
    public bool Conflict { get; private set; }

    /// <summary>Name under which the device keeps what is typed.</summary>
    public string Draft => $"{Me:N}:item:{Item.Id:N}";

    /// <summary>What the device need not keep any longer: it was just saved.</summary>
    public string? Posted { get; private set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public int? Minutes { get; set; }

    [BindProperty]
    public CompletionRule? Rule { get; set; }

    [BindProperty]
    public string? Markdown { get; set; }

    public async Task OnGetAsync(string item)
    {
        await Find(item);
        Posted = TempData["posted"] as string;
        (Revision, Title, Minutes, Rule, Markdown) = (Item.Revision, Item.Title, Item.Minutes, Item.Rule, Item.Markdown);
        await Show();
    }

    /// <summary>Without script: shows the text without keeping it.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string item)
    {
        await Find(item);
        await Show();
        return Page();
    }

    public Task<IActionResult> OnPostDraftAsync(string item) => Write(item, publish: false);

    public Task<IActionResult> OnPostPublishAsync(string item) => Write(item, publish: true);

    // Enter in a field: as it was.
    public async Task<IActionResult> OnPostAsync(string item)
    {
        await Find(item);
        return await Write(item, Item.Published);
    }

    private async Task<IActionResult> Write(string item, bool publish)
    {
        await Find(item);
        var wasPublished = Item.Published;
        var result = await Do(
            new WriteItem(Course.Id, Writer, Item.Id, Revision, Markdown, publish, Title, Minutes, Rule),
            _ =>
            {
                TempData["posted"] = Draft;
                Tell(publish ? "Saved. Learners see this text." : wasPublished ? "Saved as a draft. Learners no longer see it." : "Saved as a draft. Only the team sees it.");
                return LocalRedirect(AuthoringLinks.Item(Course.Slug, item));
            },
            async () =>
            {
                await Find(item);
                Conflict = Item.Revision != Revision;
                Revision = Item.Revision; // whoever saves again has seen the other text
                await Show();
            });
        if (Conflict)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }

    private async Task Find(string item)
    {
        await Look();
        var known = Book.Item(item) ?? throw new NotFound();
        Item = await Send(new ItemTextQuery(Course.Id, known.Id)) ?? throw new NotFound();
    }

    private async Task Show()
    {
        try
        {
            Preview = await Send(new PreviewQuery(Book, Item.Kind == ItemKind.Quiz ? "quiz" : "lesson", Markdown, Item.Id));
        }
        catch (Refused refused)
        {
            ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
        }
    }
}
