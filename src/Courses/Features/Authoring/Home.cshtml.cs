using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The team's home of a course: outline, runs, people.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class HomeModel(Shelf shelf, TimeProvider clock) : DeskPage(shelf)
{
    public IReadOnlyDictionary<Guid, int> Learners { get; private set; } = new Dictionary<Guid, int>();

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    /// <summary>What is to be mended.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>The items in which this person has typed something that is not saved.</summary>
    public IReadOnlySet<Guid> Drafts { get; private set; } = new HashSet<Guid>();

    /// <summary>What was typed into a form that was refused.</summary>
    public string? Title { get; private set; }

    public string? Mail { get; private set; }

    public CourseRole Role { get; private set; } = CourseRole.Instructor;

    /// <summary>The section whose form was refused.</summary>
    public Guid? Refused { get; private set; }

    public Guid NewKey() => clock.NewKey();

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAddSectionAsync(Guid key, string? sectionTitle)
    {
        Title = sectionTitle;
        return Do(new AddSection(Course.Id, Writer, key, sectionTitle), _ => Home("outline"), Load);
    }

    public Task<IActionResult> OnPostAddItemAsync(Guid key, Guid section, ItemKind kind, string? itemTitle)
    {
        (Title, Refused) = (itemTitle, section);
        var example = $$"""
            ## {{Texts["First question"]}} {#q1 single points=1}
            {{Texts["What do you ask?"]}}

            - (x) {{Texts["The right answer"]}}
            - ( ) {{Texts["A wrong answer"]}}

            """;
        return Do(
            new AddItem(Course.Id, Writer, key, section, kind, itemTitle, example.ReplaceLineEndings("\n")),
            slug => LocalRedirect(AuthoringLinks.Item(Course.Slug, slug)), Load);
    }

    public Task<IActionResult> OnPostMoveAsync(Guid? up, Guid? down) =>
        Do(new Move(Course.Id, Writer, up ?? down ?? Guid.Empty, down is not null), Stands, Load);

    /// <summary>To a place of its own: dragged there, or an item sent to another section, which the list beside its button names.</summary>
    public Task<IActionResult> OnPostPlaceAsync(Guid id, Guid? section, Guid? before) =>
        Do(new Place(Course.Id, Writer, id, section ?? (Guid.TryParse(Request.Form[$"to-{id:N}"], out var chosen) ? chosen : null), before), Stands, Load);

    /// <param name="copy">The item, and the key of its copy.</param>
    public Task<IActionResult> OnPostCopyAsync(string? copy)
    {
        var parts = (copy ?? "").Split(' ');
        if (parts.Length != 2 || !Guid.TryParse(parts[0], out var item) || !Guid.TryParse(parts[1], out var key))
            throw new NotFound();
        return Do(new CopyItem(Course.Id, Writer, key, item, Texts["{0} (copy)"]), placed => Told($"r-{placed.Id:N}", "“{0}” stands below what it was copied from. It is a draft.", placed.Title), Load);
    }

    /// <summary>Shows an item to learners as it is, or makes it a draft.</summary>
    public async Task<IActionResult> OnPostStateAsync(Guid? publish, Guid? draft)
    {
        var item = await Send(new ItemTextQuery(Course.Id, publish ?? draft ?? Guid.Empty)) ?? throw new NotFound();
        var change = new WriteItem(Course.Id, Writer, item.Id, item.Revision, item.Markdown, publish is not null, item.Title, item.Minutes, item.Rule);
        return await Do(change, _ => publish is null ? Told($"r-{item.Id:N}", "“{0}” is a draft now. Only the team sees it.", item.Title) : Told($"r-{item.Id:N}", "“{0}” is published. Learners see it.", item.Title), async () =>
        {
            await Load();
            // Its field is not on this page.
            var why = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).First();
            ModelState.Clear();
            ModelState.AddModelError("", $"{item.Title}: {why}");
        });
    }

    public Task<IActionResult> OnPostAddMemberAsync(string? mail, CourseRole role)
    {
        (Mail, Role) = (mail, role);
        return Do(new NameByMail(Course.Id, Writer, mail, role), person => Told("team", "{0} is in the team now.", person.Name), Load);
    }

    /// <param name="role">Null: takes the person out of the team.</param>
    public Task<IActionResult> OnPostChangeMemberAsync(Guid person, CourseRole? role) =>
        Do(new ChangeMember(Course.Id, Writer, person, role), _ => person == Me ? LocalRedirect("/teach") : Home("team"), Load);

    private IActionResult Stands(Placed placed) => placed.Section is null
        ? Told($"r-{placed.Id:N}", "“{0}” is section {1} of {2} now.", placed.Title, placed.Number, placed.Of)
        : Told($"r-{placed.Id:N}", "“{0}” is number {1} of {2} in “{3}” now.", placed.Title, placed.Number, placed.Of, placed.Section);

    private IActionResult Told(string place, string text, params object[] arguments)
    {
        Tell(text, arguments);
        return Home(place);
    }

    private async Task Load()
    {
        await Look();
        Learners = await Send(new LearnerCountsQuery([.. Book.Runs.Select(r => r.Id)]));
        People = await Send(new PeopleQuery([.. Book.Team.Keys.Take(500)]));
        Drafts = await Send(new DraftItemsQuery(Course.Id, Me));
        Findings = await Send(new ChecklistQuery(Book, Book.OpenRuns(Reader.Now), []));
    }
}
