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
internal sealed class EditItemModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    /// <summary>The item as it is kept.</summary>
    public Item Item { get; private set; } = null!;

    public Preview? Preview { get; private set; }

    /// <summary>What somebody saved while this text was written, and who; null: nobody did.</summary>
    public Conflict? Conflict { get; private set; }

    /// <summary>What this person has typed elsewhere or before, and not saved.</summary>
    public IReadOnlyList<ItemDraft> Drafts { get; private set; } = [];

    /// <summary>The draft that stands in the editor; null: it is the saved text.</summary>
    public ItemDraft? Resumed { get; private set; }

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

    /// <summary>Of this opened editor: under it the server holds what is typed.</summary>
    [BindProperty]
    public Guid DraftId { get; set; }

    [BindProperty]
    public long Sequence { get; set; }

    /// <summary>The draft that this editor goes on with.</summary>
    [BindProperty]
    public Guid? From { get; set; }

    /// <summary>One's own text while the other's stands in the editor to be merged with it, and its draft.</summary>
    [BindProperty]
    public string? Mine { get; set; }

    /// <inheritdoc cref="Mine"/>
    [BindProperty]
    public Guid? MineId { get; set; }

    /// <param name="draft">The one to go on with.</param>
    public async Task OnGetAsync(string item, Guid? draft)
    {
        await Find(item);
        Posted = TempData["posted"] as string;
        (Revision, Title, Minutes, Rule, Markdown) = (Item.Revision, Item.Title, Item.Minutes, Item.Rule, Item.Markdown);
        DraftId = clock.NewKey();
        Drafts = await Send(new DraftsQuery(Item.Id, Me));
        if (draft is not null && Drafts.FirstOrDefault(d => d.Id == draft) is { } mine)
        {
            (Resumed, From, Drafts) = (mine, mine.Id, [.. Drafts.Where(d => d.Id != mine.Id)]);
            (Revision, Title, Minutes, Rule, Markdown) = (mine.Revision, mine.Title, mine.Minutes, mine.Rule ?? Item.Rule, mine.Markdown);
        }

        await Show();
    }

    /// <summary>Without script: shows the text without saving it. It is held as a draft, too.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string item)
    {
        await Find(item);
        await Hold();
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

    /// <summary>For the editor's script: holds what is typed. Answers since when, as the reader's clock shows it.</summary>
    public async Task<IActionResult> OnPostHoldAsync(string item)
    {
        var known = Book.Item(item) ?? throw new NotFound();
        try
        {
            var at = await Send(new KeepDraft(Course.Id, Writer, known.Id, DraftId, Sequence, Revision, Markdown, Title, Minutes, Rule, From));
            return new JsonResult(new { at = TimeZoneInfo.ConvertTime(at, Reader.ZoneOr(null)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) });
        }
        catch (Refused refused)
        {
            return new ContentResult { StatusCode = StatusCodes.Status422UnprocessableEntity, ContentType = "text/plain; charset=utf-8", Content = Reader.Say(refused, GetType().Assembly) };
        }
    }

    public async Task<IActionResult> OnPostDiscardAsync(string item, Guid discard)
    {
        var known = Book.Item(item) ?? throw new NotFound();
        await Send(new DiscardDraft(Writer, known.Id, discard));
        TempData["posted"] = discard.ToString("N");
        return LocalRedirect(AuthoringLinks.Item(Course.Slug, item));
    }

    /// <summary>Puts the text that somebody else saved into the editor, with one's own beside it.</summary>
    public async Task<IActionResult> OnPostMergeAsync(string item)
    {
        await Find(item);
        await Hold();
        (Mine, MineId, DraftId, Sequence, From) = (Markdown, DraftId, clock.NewKey(), 0, null);
        (Revision, Title, Minutes, Rule, Markdown) = (Item.Revision, Item.Title, Item.Minutes, Item.Rule, Item.Markdown);
        ModelState.Clear();
        await Show();
        return Page();
    }

    private async Task<IActionResult> Write(string item, bool publish)
    {
        await Find(item);
        var wasPublished = Item.Published;
        var result = await Do(
            new WriteItem(Course.Id, Writer, Item.Id, Revision, Markdown, publish, Title, Minutes, Rule) { DraftId = DraftId == Guid.Empty ? null : DraftId, Also = [.. new[] { From, MineId }.OfType<Guid>()] },
            _ =>
            {
                TempData["posted"] = string.Join(' ', new[] { DraftId, From, MineId }.OfType<Guid>().Select(id => id.ToString("N")));
                Tell(publish ? "Saved. Learners see this text." : wasPublished ? "Saved as a draft. Learners no longer see it." : "Saved as a draft. Only the team sees it.");
                return LocalRedirect(AuthoringLinks.Item(Course.Slug, item));
            },
            async () =>
            {
                await Find(item);
                await Hold();
                if (Item.Revision != Revision)
                    Conflict = await Meet();
                await Show();
            });
        if (Conflict is not null)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }

    // What stands on both sides, and who saved the other one. Whoever saves again has seen it.
    private async Task<Conflict> Meet()
    {
        var theirs = await Send(new VersionQuery(Item.Id, Item.Revision));
        var people = await Send(new PeopleQuery(theirs is null ? [] : [theirs.AuthorId]));
        Revision = Item.Revision;
        return new(theirs?.At ?? Item.ChangedAt, theirs is null ? null : people.GetValueOrDefault(theirs.AuthorId)?.Name, theirs?.AuthorId == Me, TextDiff.Of(Item.Markdown, Entered.Text(Markdown, "Markdown", int.MaxValue)));
    }

    private async Task Find(string item)
    {
        await Look();
        var known = Book.Item(item) ?? throw new NotFound();
        Item = await Send(new ItemTextQuery(Course.Id, known.Id)) ?? throw new NotFound();
    }

    // The page may be closed now: the text is not lost.
    private async Task Hold()
    {
        if (DraftId == Guid.Empty)
            DraftId = clock.NewKey();
        try
        {
            await Send(new KeepDraft(Course.Id, Writer, Item.Id, DraftId, ++Sequence, Revision, Markdown, Title, Minutes, Rule, From));
        }
        catch (Refused)
        {
            // Too long to be held, and said so beside the field.
        }
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

/// <summary>A text was saved while another was written from the same one.</summary>
/// <param name="By">Who saved it; null: somebody who has left.</param>
/// <param name="Myself">Whether it was the same person, in another window.</param>
/// <param name="Lines">From the saved text to the one that was to be saved.</param>
internal sealed record Conflict(DateTimeOffset At, string? By, bool Myself, IReadOnlyList<DiffLine> Lines);
