using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What was changed from one saved text of an item to another, and the way back to it.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ItemChangesModel(Shelf shelf) : DeskPage(shelf)
{
    /// <summary>The item as it is kept.</summary>
    public Item Item { get; private set; } = null!;

    /// <summary>Null: nothing was saved before.</summary>
    public ItemVersion? From { get; private set; }

    public ItemVersion To { get; private set; } = null!;

    public IReadOnlyList<DiffLine> Lines { get; private set; } = [];

    public IReadOnlyDictionary<Guid, Person> People { get; private set; } = new Dictionary<Guid, Person>();

    public Task OnGetAsync(string item, int to, int? from) => Load(item, to, from);

    /// <summary>Saves the text of a version anew, on top of what is there.</summary>
    /// <param name="revision">Of the item when its history was shown.</param>
    public async Task<IActionResult> OnPostAsync(string item, int to, int? from, int revision)
    {
        await Load(item, to, from);
        var write = new WriteItem(Course.Id, Writer, Item.Id, revision, To.Markdown, Item.Published, To.Title, To.Minutes, To.Rule) { RestoredFrom = To.Revision };
        return await Do(write, _ =>
        {
            Tell("The text of version {0} is back.", To.Revision);
            return LocalRedirect(AuthoringLinks.Item(Course.Slug, item));
        }, () => Load(item, to, from));
    }

    private async Task Load(string item, int to, int? from)
    {
        await Look();
        var known = Book.Item(item) ?? throw new NotFound();
        Item = await Send(new ItemTextQuery(Course.Id, known.Id)) ?? throw new NotFound();
        To = await Send(new VersionQuery(Item.Id, to)) ?? throw new NotFound();
        From = from is { } chosen ? await Send(new VersionQuery(Item.Id, chosen)) ?? throw new NotFound() : await Send(new VersionQuery(Item.Id, to - 1, OrBefore: true));
        Lines = TextDiff.Of(From?.Markdown ?? "", To.Markdown);
        People = await Send(new PeopleQuery([To.AuthorId, From?.AuthorId ?? To.AuthorId]));
    }

    public string Name(ItemVersion version) => People.GetValueOrDefault(version.AuthorId)?.Name ?? Texts["Somebody who has left"];
}
