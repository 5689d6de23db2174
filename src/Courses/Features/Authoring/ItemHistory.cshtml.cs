using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Every saved text of a lesson or quiz: who saved it, when, and the way to what was changed.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ItemHistoryModel(Shelf shelf) : DeskPage(shelf)
{
    private const int PageLength = 50;

    public Item Item { get; private set; } = null!;

    public IReadOnlyList<SavedText> Saved { get; private set; } = [];

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    /// <summary>Whether older ones were left for the next page.</summary>
    public bool More { get; private set; }

    public async Task OnGetAsync(string item, int? before)
    {
        Item = Book.Item(item) ?? throw new NotFound();
        var saved = await Send(new HistoryQuery(Item.Id, before, PageLength + 1));
        (Saved, More) = ([.. saved.Take(PageLength)], saved.Count > PageLength);
        People = await Send(new PeopleQuery([.. Saved.Select(s => s.AuthorId).Distinct()]));
    }
}
