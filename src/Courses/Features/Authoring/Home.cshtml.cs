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
        Do(new Move(Course.Id, Writer, up ?? down ?? Guid.Empty, down is not null), _ => Home($"r-{up ?? down:N}"), Load);

    public Task<IActionResult> OnPostAddMemberAsync(string? mail, CourseRole role)
    {
        (Mail, Role) = (mail, role);
        return Do(new NameByMail(Course.Id, Writer, mail, role), person => Told("team", "{0} is in the team now.", person.Name), Load);
    }

    /// <param name="role">Null: takes the person out of the team.</param>
    public Task<IActionResult> OnPostChangeMemberAsync(Guid person, CourseRole? role) =>
        Do(new ChangeMember(Course.Id, Writer, person, role), _ => person == Me ? LocalRedirect("/teach") : Home("team"), Load);

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
        Findings = await Send(new ChecklistQuery(Book, Book.OpenRuns(Reader.Now), []));
    }
}
