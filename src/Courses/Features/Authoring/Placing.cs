using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>Where a section or an item stands now.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many there are beside it, itself counted.</param>
/// <param name="Section">Title of the section that an item stands in; null for a section.</param>
internal sealed record Placed(Guid Id, string Title, int Number, int Of, string? Section);

/// <summary>Moves a section or an item one place up or down. An item at the edge of its section goes on into the next one.</summary>
/// <param name="Id">Of the section or item.</param>
internal sealed record Move(Guid CourseId, Writer By, Guid Id, bool Down) : IRequest<Placed>;

/// <summary>Puts a section or an item in a place of its own.</summary>
/// <param name="Id">Of the section or item.</param>
/// <param name="SectionId">Where an item goes; null: it stays in its section. A section has none.</param>
/// <param name="Before">What it is put before, of its own kind; null, or something that is not there any more: the end.</param>
internal sealed record Place(Guid CourseId, Writer By, Guid Id, Guid? SectionId, Guid? Before) : IRequest<Placed>;

internal sealed class MoveHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<Move, Placed>
{
    public Task<Placed> Handle(Move command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var order = await OutlineOrder.Of(db, course.Id, ct);
        order.Shift(command.Id, command.Down ? 1 : -1);
        return order.Keep(command.Id);
    }, ct);
}

internal sealed class PlaceHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<Place, Placed>
{
    public Task<Placed> Handle(Place command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var order = await OutlineOrder.Of(db, course.Id, ct);
        order.Put(command.Id, command.SectionId, command.Before);
        return order.Keep(command.Id);
    }, ct);
}

/// <summary>The sections and items of a course in their order, to be changed and kept.</summary>
internal sealed class OutlineOrder
{
    private readonly List<Section> sections;
    private readonly List<List<Item>> items;

    private OutlineOrder(List<Section> sections, List<Item> all)
    {
        this.sections = sections;
        items = sections.ConvertAll(s => all.Where(i => i.SectionId == s.Id).OrderBy(i => i.Position).ThenBy(i => i.Id).ToList());
    }

    public static async Task<OutlineOrder> Of(CoursesDb db, Guid courseId, CancellationToken ct)
    {
        var parts = await db.Sections.Where(s => s.CourseId == courseId).OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct);
        return new(parts, await db.Items.Where(i => i.CourseId == courseId).ToListAsync(ct));
    }

    public void Shift(Guid id, int step)
    {
        if (sections.FindIndex(s => s.Id == id) is >= 0 and var at)
        {
            Swap(sections, at, step);
            Swap(items, at, step);
            return;
        }

        var (home, here) = Find(id);
        var target = home + step;
        if (here + step >= 0 && here + step < items[home].Count)
            Swap(items[home], here, step);
        else if (target >= 0 && target < sections.Count)
            Carry(home, here, target, step > 0 ? 0 : items[target].Count);
    }

    public void Put(Guid id, Guid? sectionId, Guid? before)
    {
        if (sections.FindIndex(s => s.Id == id) is >= 0 and var at)
        {
            if (before == id)
                return;
            var (section, its) = (sections[at], items[at]);
            sections.RemoveAt(at);
            items.RemoveAt(at);
            var place = sections.FindIndex(s => s.Id == before) is >= 0 and var found ? found : sections.Count;
            sections.Insert(place, section);
            items.Insert(place, its);
            return;
        }

        var (home, here) = Find(id);
        var target = sectionId is null ? home : sections.FindIndex(s => s.Id == sectionId);
        if (target < 0)
            throw new NotFound();
        if (before == id)
            return;
        var others = items[target].FindAll(i => i.Id != id);
        Carry(home, here, target, others.FindIndex(i => i.Id == before) is >= 0 and var there ? there : others.Count);
    }

    /// <summary>Puts a new item after another, numbers everything anew, and says where it stands.</summary>
    public Placed Insert(Item item, Guid after)
    {
        var (home, here) = Find(after);
        items[home].Insert(here + 1, item);
        return Keep(item.Id);
    }

    /// <summary>Numbers everything anew, and says where this one stands.</summary>
    public Placed Keep(Guid id)
    {
        foreach (var (place, section) in sections.Index())
            section.Position = place;
        foreach (var list in items)
            foreach (var (place, item) in list.Index())
                item.Position = place;
        if (sections.FindIndex(s => s.Id == id) is >= 0 and var at)
            return new(id, sections[at].Title, at + 1, sections.Count, null);
        var (home, here) = Find(id);
        return new(id, items[home][here].Title, here + 1, items[home].Count, sections[home].Title);
    }

    private (int Home, int Here) Find(Guid item)
    {
        var home = items.FindIndex(list => list.Exists(i => i.Id == item));
        return home < 0 ? throw new NotFound() : (home, items[home].FindIndex(i => i.Id == item));
    }

    private void Carry(int home, int here, int target, int place)
    {
        var item = items[home][here];
        items[home].RemoveAt(here);
        items[target].Insert(place, item);
        item.SectionId = sections[target].Id;
    }

    private static void Swap<T>(List<T> list, int at, int step)
    {
        if (at + step >= 0 && at + step < list.Count)
            (list[at], list[at + step]) = (list[at + step], list[at]);
    }
}
