using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>What I wrote for myself, the newest first.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class DiaryModel : ModulePage
{
    private const int PageSize = 20;

    public string? Search { get; private set; }

    public IReadOnlyList<DiaryLine> Lines { get; private set; } = [];

    /// <summary>Whether older ones follow.</summary>
    public bool More { get; private set; }

    /// <summary>The step whose entries alone are shown; null: all are.</summary>
    public Guid? Beside { get; private set; }

    public async Task OnGetAsync(string? q, Guid? item, Guid? before)
    {
        (Search, Beside) = (q?.Trim(), item);
        var lines = await Send(new DiaryQuery(Me, Search, item, before, PageSize + 1));
        (Lines, More) = ([.. lines.Take(PageSize)], lines.Count > PageSize);
    }

    /// <summary>The same list from here on.</summary>
    public string Older() => QueryString.Create([
        .. Search is { Length: > 0 } q ? [new("q", q)] : Array.Empty<KeyValuePair<string, string?>>(),
        .. Beside is { } item ? [new("item", item.ToString("N"))] : Array.Empty<KeyValuePair<string, string?>>(),
        new("before", Lines[^1].Entry.Id.ToString("N"))]).ToString();
}

/// <summary>Where an entry is written: by itself, or beside a step of a run.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class NewEntryModel(TimeProvider clock) : ModulePage
{
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Course { get; set; }

    [BindProperty]
    public string? Run { get; set; }

    [BindProperty]
    public string? Item { get; set; }

    [BindProperty]
    public string? Prompt { get; set; }

    [BindProperty]
    public string? Markdown { get; set; }

    /// <summary>The run it is written in; null: a free entry.</summary>
    public RunTerm? Term { get; private set; }

    /// <summary>Where it began: the way back.</summary>
    public string Back => Term is not null && Item is { Length: > 0 } item ? CourseLinks.Item(Term.CourseSlug, Term.RunSlug, item) : DiaryLinks.Diary;

    public string DraftKey => $"{Me:N}:diary:{Term?.RunId:N}:{Item}";

    public async Task OnGetAsync([FromQuery] string? course, [FromQuery] string? run, [FromQuery] string? item, [FromQuery] string? prompt)
    {
        (Key, Course, Run, Item, Prompt) = (clock.NewKey(), course, run, item, prompt);
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        return await Do(new WriteEntry(Key, Me, Term?.RunId, Item, Prompt, Markdown), id =>
        {
            TempData["posted"] = DraftKey;
            Tell("Your entry is kept. Only you can read it.");
            return LocalRedirect(DiaryLinks.Entry(id));
        }, () => Task.CompletedTask);
    }

    private async Task Load()
    {
        if (Course is { Length: > 0 } course && Run is { Length: > 0 } run)
            Term = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
    }
}
