using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

internal sealed class CoursesDb(DbContextOptions<CoursesDb> options, WriteGate gate, TimeProvider clock, Shelf shelf) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "courses";

    public DbSet<Course> Courses => Set<Course>();

    public DbSet<Section> Sections => Set<Section>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ItemVersion> Versions => Set<ItemVersion>();

    public DbSet<ItemDraft> Drafts => Set<ItemDraft>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<TeamMember> Team => Set<TeamMember>();

    public DbSet<Asset> Assets => Set<Asset>();

    public DbSet<Resource> Resources => Set<Resource>();

    /// <summary>Saves, and takes what was changed off the shelf: the next page on this node already shows it.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var changed = ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => (Course: CourseOf(e.Entity), Worded: e.Entity is not (Run or Asset))).Where(e => e.Course is not null).ToList();
        var inTeams = ChangeTracker.Entries<TeamMember>().Any(e => e.State is EntityState.Added or EntityState.Deleted);
        foreach (var course in changed.Where(c => c.Worded).Select(c => c.Course!.Value).Distinct())
            Announce(new CourseReworded(course));
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            // Also when it failed: somebody else's change may be the reason.
            foreach (var course in changed.Select(c => c.Course!.Value).Distinct())
                shelf.Forget(course);
            if (inTeams)
                shelf.ForgetTeachers();
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        var course = modelBuilder.Entity<Course>().ToTable("courses_courses");
        course.Property(c => c.Id).ValueGeneratedNever();
        course.Property(c => c.Version).IsConcurrencyToken();
        course.Property(c => c.Objectives).HasConversion(l => JsonSerializer.Serialize(l, JsonSerializerOptions.Default), s => JsonSerializer.Deserialize<List<string>>(s, JsonSerializerOptions.Default)!, ByValue<string>());
        course.Property(c => c.Authors).HasConversion(l => JsonSerializer.Serialize(l, JsonSerializerOptions.Default), s => JsonSerializer.Deserialize<List<Author>>(s, JsonSerializerOptions.Default)!, ByValue<Author>());
        course.HasIndex(c => c.Slug).IsUnique().HasDatabaseName("ux_courses_courses_slug");
        course.HasIndex(c => new { c.Version, c.Indexed }).HasDatabaseName("ix_courses_courses_version"); // their sums are asked for every second, and their texts are long
        course.HasMany(c => c.Sections).WithOne().HasForeignKey(s => s.CourseId);
        course.HasMany(c => c.Runs).WithOne().HasForeignKey(r => r.CourseId);
        course.HasMany(c => c.Team).WithOne().HasForeignKey(t => t.CourseId);

        var section = modelBuilder.Entity<Section>().ToTable("courses_sections");
        section.Property(s => s.Id).ValueGeneratedNever();
        section.Property(s => s.Release).HasConversion(o => Keep(o), s => Read(s));
        section.HasMany(s => s.Items).WithOne().HasForeignKey(i => i.SectionId);
        section.HasIndex(s => new { s.CourseId, s.Position }).HasDatabaseName("ix_courses_sections_course");

        var item = modelBuilder.Entity<Item>().ToTable("courses_items");
        item.Property(i => i.Id).ValueGeneratedNever();
        item.Property(i => i.Authors).HasConversion(l => JsonSerializer.Serialize(l, JsonSerializerOptions.Default), s => JsonSerializer.Deserialize<List<string>>(s, JsonSerializerOptions.Default)!, ByValue<string>());
        item.Property(i => i.Opens).HasConversion(o => Keep(o!), s => Read(s));
        item.Property(i => i.Due).HasConversion(o => Keep(o!), s => Read(s));
        item.Property(i => i.Revision).IsConcurrencyToken();
        item.HasIndex(i => new { i.CourseId, i.Slug }).IsUnique().HasDatabaseName("ux_courses_items_slug");
        item.HasIndex(i => new { i.CourseId, i.Number }).IsUnique().HasDatabaseName("ux_courses_items_number");
        item.HasIndex(i => new { i.SectionId, i.Position }).HasDatabaseName("ix_courses_items_section");

        var version = modelBuilder.Entity<ItemVersion>().ToTable("courses_versions");
        version.HasKey(v => new { v.ItemId, v.Revision });
        version.HasOne<Item>().WithMany().HasForeignKey(v => v.ItemId);

        var draft = modelBuilder.Entity<ItemDraft>().ToTable("courses_drafts");
        draft.Property(d => d.Id).ValueGeneratedNever();
        draft.Property(d => d.Sequence).IsConcurrencyToken();
        draft.HasOne<Item>().WithMany().HasForeignKey(d => d.ItemId);
        draft.HasIndex(d => new { d.ItemId, d.AuthorId }).HasDatabaseName("ix_courses_drafts_item");
        draft.HasIndex(d => new { d.AuthorId, d.CourseId }).HasDatabaseName("ix_courses_drafts_author");

        var run = modelBuilder.Entity<Run>().ToTable("courses_runs");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.LocalStart).HasConversion(t => KeepLocal(t), s => ReadLocal(s));
        run.Property(r => r.LocalEnd).HasConversion(t => KeepLocal(t), s => ReadLocal(s));
        run.Property(r => r.LocalEnrolmentEnd).HasConversion(t => KeepLocal(t!.Value), s => ReadLocal(s));
        run.Ignore(r => r.EffectiveEnd);
        run.Property(r => r.StartToldFor).IsConcurrencyToken(); // two nodes that tell at once: one of them finds it told
        run.Property(r => r.CloseToldFor).IsConcurrencyToken();
        run.HasIndex(r => new { r.CourseId, r.Slug }).IsUnique().HasDatabaseName("ux_courses_runs_slug");

        var announcement = modelBuilder.Entity<Announcement>().ToTable("courses_announcements");
        announcement.Property(a => a.Id).ValueGeneratedNever();
        announcement.HasIndex(a => new { a.RunId, a.At }).HasDatabaseName("ix_courses_announcements_run");

        var member = modelBuilder.Entity<TeamMember>().ToTable("courses_team");
        member.HasKey(m => new { m.CourseId, m.PersonId });
        member.HasIndex(m => m.PersonId).HasDatabaseName("ix_courses_team_person");

        var asset = modelBuilder.Entity<Asset>().ToTable("courses_assets");
        asset.Property(a => a.Id).ValueGeneratedNever();
        asset.Ignore(a => a.Facts).Ignore(a => a.IsPicture);
        asset.HasIndex(a => new { a.CourseId, a.Name }).IsUnique().HasDatabaseName("ux_courses_assets_name");
        asset.HasIndex(a => a.Hash).HasDatabaseName("ix_courses_assets_hash");

        var resource = modelBuilder.Entity<Resource>().ToTable("courses_resources");
        resource.Property(r => r.Id).ValueGeneratedNever();
        resource.Ignore(r => r.IsGone).Ignore(r => r.IsOpen);
        resource.HasIndex(r => new { r.CourseId, r.Url }).IsUnique().HasDatabaseName("ux_courses_resources_url");
        resource.HasIndex(r => r.NextAt).HasDatabaseName("ix_courses_resources_due");
    }

    private static Guid? CourseOf(object entity) => entity switch
    {
        Course c => c.Id,
        Section s => s.CourseId,
        Item i => i.CourseId,
        Run r => r.CourseId,
        TeamMember t => t.CourseId,
        Asset a => a.CourseId,
        _ => null,
    };

    // Local times are text on both databases: they are no instants and must not be taken for one.
    private static string KeepLocal(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime ReadLocal(string kept) => DateTime.ParseExact(kept, "yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static string Keep(Offset offset) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{offset.Days} {offset.Time:HH:mm}");

    private static Offset Read(string kept)
    {
        var space = kept.IndexOf(' ', StringComparison.Ordinal);
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return new(int.Parse(kept.AsSpan(0, space), culture), TimeOnly.ParseExact(kept.AsSpan(space + 1), "HH:mm", culture));
    }

    private static ValueComparer<List<T>> ByValue<T>() =>
        new((a, b) => a!.SequenceEqual(b!), l => l.Aggregate(0, (h, x) => HashCode.Combine(h, x)), l => l.ToList());
}
