using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.PersonalData;

/// <summary>Wires what people can do with their data; each module registers its own part.</summary>
internal static class PersonalDataRegistration
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services.AddScoped<IPersonalData, AccountData>();

    public static void MapPersonalData(this ModelBuilder model)
    {
        var takeaway = model.Entity<Takeaway>().ToTable("host_takeaways");
        takeaway.HasKey(t => t.PersonId);
        takeaway.Property(t => t.PersonId).ValueGeneratedNever();
        takeaway.Ignore(t => t.EndsAt);

        var file = model.Entity<TakeawayFile>().ToTable("host_takeaway_files");
        file.HasKey(f => f.PersonId);
        file.Property(f => f.PersonId).ValueGeneratedNever();

        var departure = model.Entity<Departure>().ToTable("host_departures");
        departure.HasKey(d => d.PersonId);
        departure.Property(d => d.PersonId).ValueGeneratedNever();
    }
}
