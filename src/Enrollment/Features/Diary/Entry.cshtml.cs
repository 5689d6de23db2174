using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>One entry of mine: read, change, share, delete. To everybody else it does not exist.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EntryModel : ModulePage
{
    public DiaryLine Line { get; private set; } = null!;

    [BindProperty]
    public string? Markdown { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Licence { get; set; }

    public string DraftKey => $"{Me:N}:diary-entry:{Line.Entry.Id:N}";

    /// <summary>Whether the form to change it is open: after a refusal, what was typed must be seen.</summary>
    public bool Changing { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        await Load(id);
        (Markdown, Revision) = (Line.Entry.Markdown, Line.Entry.Revision);
    }

    public Task<IActionResult> OnPostChangeAsync(Guid id) => Do(new ChangeEntry(id, Me, Markdown, Revision), _ =>
    {
        TempData["posted"] = $"{Me:N}:diary-entry:{id:N}";
        Tell("Saved.");
        return LocalRedirect(DiaryLinks.Entry(id));
    }, async () =>
    {
        Changing = true;
        await Load(id);
    });

    public Task<IActionResult> OnPostShareAsync(Guid id) => Do(new ShareEntry(id, Me, Licence), _ =>
    {
        Tell("Shared. Everyone with the address can read this entry, and only this one.");
        return LocalRedirect(DiaryLinks.Entry(id));
    }, () => Again(id));

    public Task<IActionResult> OnPostTakeBackAsync(Guid id) => Do(new TakeEntryBack(id, Me), _ =>
    {
        Tell("Only you can read this entry again.");
        return LocalRedirect(DiaryLinks.Entry(id));
    }, () => Again(id));

    public Task<IActionResult> OnPostDeleteAsync(Guid id) => Do(new DeleteEntry(id, Me), _ =>
    {
        Tell("The entry is deleted.");
        return LocalRedirect(DiaryLinks.Diary);
    }, () => Again(id));

    private async Task Again(Guid id)
    {
        await Load(id);
        (Markdown, Revision) = (Line.Entry.Markdown, Line.Entry.Revision);
    }

    private async Task Load(Guid id) => Line = await Send(new EntryQuery(id, Me)) ?? throw new NotFound();
}
