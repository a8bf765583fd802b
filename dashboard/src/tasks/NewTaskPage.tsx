export default function NewTaskPage() {
  return null;
}
