#include "pdf/differences.h"

#include "pdf/stored_objects.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace ca::pdf {
namespace {

using documents::Difference;
using Objects = std::map<int, const StoredObject*>;

// Names every object of a file of this writer for people: what it is part of.
class Places {
public:
    explicit Places(const Objects& objects) {
        for (auto const& [number, object] : objects) {
            std::string_view const value = object->value;
            std::string_view const type = entry_of(value, "Type"), subtype = entry_of(value, "Subtype");
            if (type == "/Pages") {
                int page = 0;
                for (int const kid : references_in(entry_of(value, "Kids"))) name_page(objects, kid, ++page);
            } else if (type == "/Metadata") name(number, "The document's properties");
            else if (type == "/EmbeddedFile" || type == "/Filespec") name(number, "A file that travels inside");
            else if (type == "/Catalog") {
                name(number, "The document as a whole");
                for (std::string_view const key : {"Outlines", "StructTreeRoot"})
                    if (int const root = reference_in(entry_of(value, key)))
                        name(root, key == "Outlines" ? "The bookmarks" : structure);
            } else if (type == "/StructElem" || type == "/StructTreeRoot") name(number, structure);
            else if (type == "/Font" || type == "/FontDescriptor" || !entry_of(value, "Length1").empty())
                name(number, typefaces);
            else if (subtype == "/Link") name(number, "A link");
            else if (!entry_of(value, "Dest").empty() && !entry_of(value, "Title").empty())
                name(number, "The bookmarks");
            else if (!entry_of(value, "Producer").empty()) name(number, "The document's properties");
        }
    }

    std::string of(int number) const {
        auto const found = names_.find(number);
        return found == names_.end() ? "The make-up of the file" : found->second;
    }
    // The content of each page, in their order.
    const std::vector<int>& contents() const { return contents_; }

private:
    static constexpr std::string_view structure = "The structure that assistive technology reads";
    static constexpr std::string_view typefaces = "The typefaces";

    void name(int number, std::string_view words) { names_.try_emplace(number, words); }

    void name_page(const Objects& objects, int number, int page) {
        std::string const words = "Page " + std::to_string(page);
        name(number, words);
        auto const found = objects.find(number);
        if (found == objects.end()) return;
        int const content = reference_in(entry_of(found->second->value, "Contents"));
        name(content, words);
        contents_.push_back(content);
        for (int const link : references_in(entry_of(found->second->value, "Annots"))) name(link, words);
    }

    std::map<int, std::string> names_;
    std::vector<int> contents_;
};

// Containers say how a file is packed, not what it says.
bool is_container(const StoredObject& object) {
    std::string_view const type = entry_of(object.value, "Type");
    return type == "/ObjStm" || type == "/XRef";
}

Objects by_number(const std::vector<StoredObject>& all) {
    Objects objects;
    for (StoredObject const& object : all)
        if (!is_container(object)) objects.emplace(object.number, &object);
    return objects;
}

bool same(const StoredObject& a, const StoredObject& b) { return a.value == b.value && a.stream == b.stream; }

class Finder {
public:
    Finder(const std::vector<StoredObject>& rendered, const std::vector<StoredObject>& given)
        : rendered_(by_number(rendered)), given_(by_number(given)), places_(rendered_) {
        for (auto const& [number, object] : given_)
            if (object->stream) streams_.insert(*object->stream);
    }

    std::vector<Difference> find() {
        std::size_t alike = 0;
        for (auto const& [number, object] : rendered_)
            if (auto const found = given_.find(number); found != given_.end() && same(*object, *found->second)) ++alike;
        // Saved again by another program, objects have other numbers and forms; what the streams hold can still be
        // told.
        if (alike * 2 < rendered_.size()) {
            say("The whole file", "It was saved again by another program, so its parts are arranged differently.");
            for (auto const& [number, object] : rendered_)
                if (object->stream && !streams_.contains(*object->stream)) say_changed(number);
            return sorted();
        }
        for (auto const& [number, object] : rendered_) {
            auto const found = given_.find(number);
            if (found == given_.end()) say(places_.of(number), "A part of it is missing.");
            else if (!same(*object, *found->second)) say_changed(number);
        }
        if (std::ranges::any_of(given_, [&](auto const& each) { return !rendered_.contains(each.first); }))
            say("The whole file", "It has parts that the portal did not put into it.");
        return sorted();
    }

private:
    void say_changed(int number) {
        say(places_.of(number), std::ranges::find(places_.contents(), number) == places_.contents().end()
                                    ? "It is not what it should be."
                                    : "What the page shows is not what it should be.");
    }

    void say(std::string where, std::string what) {
        if (said_.insert(where).second) found_.push_back({std::move(where), std::move(what)});
    }

    // Pages first, in their order.
    std::vector<Difference> sorted() {
        auto const order = [](const Difference& each) {
            int page = 0;
            if (each.where.starts_with("Page "))
                std::from_chars(each.where.data() + 5, each.where.data() + each.where.size(), page);
            return page > 0 ? page : 1'000'000;
        };
        std::ranges::stable_sort(found_, {}, order);
        return std::move(found_);
    }

    Objects rendered_;
    Objects given_;
    Places places_;
    std::set<std::string_view> streams_;
    std::set<std::string> said_;
    std::vector<Difference> found_;
};

}  // namespace

Result<std::vector<documents::Difference>> differences(std::string_view rendered, std::string_view given) {
    if (rendered == given) return std::vector<documents::Difference>{};
    auto const stored = CA_TRY(stored_objects(given));
    auto const expected = CA_TRY(stored_objects(rendered));
    std::vector<documents::Difference> found = Finder(expected, stored).find();
    if (given.starts_with(rendered)) {
        std::size_t const more = given.size() - rendered.size();
        found.insert(
            found.begin(),
            {"After its end", "Another program has added " + std::to_string(more) + (more == 1 ? " byte" : " bytes") +
                                  " to it, as one does that puts a note or a signature on a PDF."});
    }
    // The same objects in another arrangement.
    if (found.empty())
        found.push_back(
            {"The whole file", "It says what it should say, but its bytes are not those that the portal makes."});
    return found;
}

}  // namespace ca::pdf
