using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Title, summary and release of a section; takes it away when it is empty.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditSectionModel(Shelf shelf) : DeskPage(shelf)
{
    public Section Section { get; private set; } = null!;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    /// <summary>The first day is day 1, as people count.</summary>
    [BindProperty]
    public int? Days { get; set; }

    [BindProperty]
    public string? Time { get; set; }

    public void OnGet(Guid section)
    {
        Find(section);
        (Title, Summary, Days) = (Section.Title, Section.Summary, Section.Release.Days + 1);
        Time = Section.Release.Time.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    public Task<IActionResult> OnPostAsync(Guid section)
    {
        Find(section);
        TimeOnly? time = TimeOnly.TryParseExact(Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
        return Do(new ChangeSection(Course.Id, Writer, section, Title, Summary, Days - 1, time), _ => Home($"r-{section:N}"), () => Task.CompletedTask);
    }

    public Task<IActionResult> OnPostDeleteAsync(Guid section)
    {
        Find(section);
        return Do(new DeleteSection(Course.Id, Writer, section), _ => Home("outline"), () =>
        {
            OnGet(section);
            return Task.CompletedTask;
        });
    }

    private void Find(Guid section) => Section = Book.Sections.FirstOrDefault(s => s.Id == section) ?? throw new NotFound();
}
